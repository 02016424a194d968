namespace FeatureReuse;

/// <summary>A copy of the parameters and buffers of a module, or their moving average.</summary>
internal sealed class WeightSnapshot(nn.Module module) : IDisposable
{
    private readonly Dictionary<string, Tensor> _state = module.state_dict();
    private readonly Dictionary<string, Tensor> _copy = [];

    /// <summary>Gets the copies by name; empty before the first is taken.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _copy;

    /// <summary>Copies the present weights, or other tensors as if they were the module's.</summary>
    public void Take(IReadOnlyDictionary<string, Tensor>? tensors = null)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor value) in tensors ?? _state)
        {
            if (_copy.TryGetValue(name, out Tensor? copy))
                copy.copy_(value);
            else
                _copy.Add(name, value.detach().clone().to(_state[name].device).DetachFromDisposeScope());
        }
    }

    /// <summary>Moves the copy towards the weights, keeping the given share of it. Integer tensors are copied.</summary>
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

    /// <summary>Copies the snapshot back to the module.</summary>
    public void Restore()
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor copy) in _copy)
            _state[name].copy_(copy);
    }

    /// <summary>Returns what a function measures while the module has the weights of the snapshot.</summary>
    public T During<T>(Func<T> measure)
    {
        using var own = new WeightSnapshot(module);
        own.Take();
        Restore();
        T result = measure();
        own.Restore();
        return result;
    }

    public void Dispose()
    {
        foreach (Tensor copy in _copy.Values)
            copy.Dispose();
    }
}
