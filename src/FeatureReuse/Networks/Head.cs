namespace FeatureReuse;

/// <summary>One task's readout: consecutive logits of a network, and the rows of its last linear layer that compute them.</summary>
/// <param name="Name">The task's name, unique within a network.</param>
/// <param name="ClassNames">The names of the classes, in the order of the logits; at least two.</param>
/// <param name="Start">The index of the first logit.</param>
public sealed record Head(string Name, IReadOnlyList<string> ClassNames, int Start)
{
    /// <summary>Gets the number of classes, which is the number of logits.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>Creates the heads of tasks, in their order.</summary>
    internal static IReadOnlyList<Head> Consecutive(IEnumerable<(string Name, IReadOnlyList<string> ClassNames)> tasks)
    {
        List<Head> heads = [];
        foreach ((string name, IReadOnlyList<string> classNames) in tasks)
            heads.Add(new Head(name, Require.NotNull(classNames), heads.Sum(head => head.ClassCount)));
        return heads;
    }

    /// <exception cref="ArgumentException">There is no head, two have the same name, or one does not start where the last ends.</exception>
    internal static void RequireConsecutive(IReadOnlyList<Head> heads)
    {
        if (Require.NotNull(heads).Count == 0)
            throw new ArgumentException("There is no head; a network needs at least one task.", nameof(heads));
        string? twice = heads.GroupBy(head => head.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two tasks are named '{twice}'; tasks have different names.", nameof(heads));
        int start = 0;
        foreach (Head head in heads)
        {
            if (head.Start != start || head.ClassCount < 1 || head.ClassNames.Any(name => name is null))
            {
                throw new ArgumentException($"Head '{head.Name}' with {head.ClassCount} classes starts at logit {head.Start}; "
                    + "heads follow one another without gaps.", nameof(heads));
            }
            start += head.ClassCount;
        }
    }
}
