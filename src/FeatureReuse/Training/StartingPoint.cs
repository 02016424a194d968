namespace FeatureReuse;

/// <summary>Holds the parameters of the start of a run, and pulls towards them (L2-SP, Li et al. 2018, arXiv 1802.01483).</summary>
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

    /// <summary>Adds the gradient of strength / 2 times the squared distance.</summary>
    public void Pull(double strength)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((Parameter parameter, Tensor start) in _parameters)
        {
            // A head that the loss does not contain has no gradient and has not moved.
            parameter.grad?.PlusInPlace(parameter.sub(start), strength);
        }
    }

    public void Dispose()
    {
        foreach ((_, Tensor start) in _parameters)
            start.Dispose();
    }
}
