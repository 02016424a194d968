namespace FeatureReuse;

/// <summary>Holds the parameters of the start of a run, and pulls towards them (L2-SP, Li et al. 2018, arXiv 1802.01483).</summary>
internal sealed class StartingPoint(IEnumerable<Parameter> parameters) : IDisposable
{
    private readonly (Parameter Parameter, Tensor Start)[] _parameters
        = [.. parameters.Select(parameter => (parameter, CopyOf(parameter)))];

    /// <summary>Adds the gradient of strength / 2 times the squared distance.</summary>
    public void Pull(double strength)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        // A head that the loss does not contain has no gradient and has not moved.
        foreach ((Parameter parameter, Tensor start) in _parameters)
            parameter.grad?.PlusInPlace(parameter.sub(start), strength);
    }

    public void Dispose()
    {
        foreach ((_, Tensor start) in _parameters)
            start.Dispose();
    }

    private static Tensor CopyOf(Parameter parameter)
    {
        using DisposeScope scope = NewDisposeScope();
        return parameter.detach().clone().DetachFromDisposeScope();
    }
}
