namespace FeatureReuse;

/// <summary>One task's readout: consecutive logits of a network, and the rows of its last linear layer that compute them.</summary>
/// <param name="Name">The task's name, unique within a network.</param>
/// <param name="ClassNames">The names of the classes, in the order of the logits; at least two.</param>
/// <param name="Start">The index of the first logit.</param>
public sealed record Head(string Name, IReadOnlyList<string> ClassNames, int Start)
{
    /// <summary>Gets the number of classes, which is the number of logits.</summary>
    public int ClassCount => ClassNames.Count;
}
