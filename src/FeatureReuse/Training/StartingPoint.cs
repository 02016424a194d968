using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>Parameters as they were at the start of a run, and the pull back to them (L2-SP, Li et al. 2018, arXiv 1802.01483).</summary>
internal sealed class StartingPoint : IDisposable
{
    private readonly List<(Parameter Parameter, Tensor Start)> _parameters = [];

    public StartingPoint(IEnumerable<Parameter> parameters)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (Parameter parameter in parameters)
            _parameters.Add((parameter, parameter.detach().clone().DetachFromDisposeScope()));
    }

    /// <summary>Adds the slope of strength / 2 times the squared distance to the gradients.</summary>
    public void Pull(double strength)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((Parameter parameter, Tensor start) in _parameters)
        {
            // A head that the loss does not see has no gradient, and has not moved.
            parameter.grad?.PlusInPlace(parameter.sub(start), strength);
        }
    }

    public void Dispose()
    {
        foreach ((_, Tensor start) in _parameters)
            start.Dispose();
    }
}
