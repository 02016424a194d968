using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Training;

/// <summary>A copy of a module's parameters and buffers, to go back to.</summary>
internal sealed class WeightSnapshot(nn.Module module) : IDisposable
{
    private readonly Dictionary<string, Tensor> _state = module.state_dict();
    private readonly Dictionary<string, Tensor> _copy = [];

    /// <summary>Takes the weights as they are now.</summary>
    public void Take()
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor value) in _state)
        {
            if (_copy.TryGetValue(name, out Tensor? copy))
            {
                copy.copy_(value);
            }
            else
            {
                _copy.Add(name, value.detach().clone().DetachFromDisposeScope());
            }
        }
    }

    /// <summary>Takes the weights as they are now if all of them are finite.</summary>
    public void TakeIfFinite()
    {
        using DisposeScope scope = NewDisposeScope();
        if (_state.Values.All(value => value.isfinite().all().ToBoolean()))
        {
            Take();
        }
    }

    /// <summary>Puts the weights back.</summary>
    public void Restore()
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor copy) in _copy)
        {
            _state[name].copy_(copy);
        }
    }

    public void Dispose()
    {
        foreach (Tensor copy in _copy.Values)
        {
            copy.Dispose();
        }
    }
}
