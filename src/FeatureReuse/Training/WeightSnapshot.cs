namespace FeatureReuse;

/// <summary>A copy of a module's parameters and buffers, to go back to.</summary>
internal sealed class WeightSnapshot(nn.Module module) : IDisposable
{
    private readonly Dictionary<string, Tensor> _state = module.state_dict();
    private readonly Dictionary<string, Tensor> _copy = [];

    /// <summary>What was taken, by name; empty before the first time.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _copy;

    /// <summary>Takes the weights as they are now.</summary>
    public void Take() => Take(_state);

    /// <summary>Takes tensors as if the module had them.</summary>
    public void Take(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach ((string name, Tensor value) in tensors)
            Put(name, value);
    }

    /// <summary>Takes one tensor as if the module had it.</summary>
    public void Put(string name, Tensor value)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        if (_copy.TryGetValue(name, out Tensor? copy))
            copy.copy_(value);
        else
            _copy.Add(name, value.detach().clone().to(_state[name].device).DetachFromDisposeScope());
    }

    /// <summary>Moves the copy a little towards the weights: it keeps the given share of itself. What is counted is taken as it is.</summary>
    public void Average(double share)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor value) in _state)
        {
            if (value.is_floating_point())
                _copy[name].TimesInPlace(share).PlusInPlace(value, 1 - share);
            else
                _copy[name].copy_(value);
        }
    }

    /// <summary>Puts the weights back.</summary>
    public void Restore()
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor copy) in _copy)
            _state[name].copy_(copy);
    }

    public void Dispose()
    {
        foreach (Tensor copy in _copy.Values)
            copy.Dispose();
    }
}
