namespace FeatureReuse;

/// <summary>
/// Copies networks, with the same or with other heads. A copy is on the same device and shares nothing with its original.
/// </summary>
internal static class NetworkCopies
{
    public static ImageClassifier Copy(this ImageClassifier network)
        => network.CopyInto(network.Architecture.BuildForWeights(network.Input, network.Normalization, network.Heads));

    /// <summary>Copies a network and adds a head, whose weights are drawn from the seed as those of a new network are.</summary>
    /// <exception cref="ArgumentException">A head of this name exists already.</exception>
    public static ImageClassifier CopyWithHead(this ImageClassifier network, string name, IReadOnlyList<string> classNames, int seed)
    {
        Require.NotNull(classNames);
        if (network.Heads.Any(head => head.Name == name))
            throw new ArgumentException($"The network has a head '{name}' already; heads have different names.", nameof(name));
        return network.CopyWithHeads([.. network.Heads.Select(head => (head.Name, head.ClassNames)), (name, classNames)], seed);
    }

    /// <summary>Copies a network with its own head for a task, or with a new one whose weights are drawn from the seed.</summary>
    public static ImageClassifier CopyFor(this ImageClassifier network, string task, IReadOnlyList<string> classNames, int seed)
        => network.Heads.Any(head => head.Name == task) ? network.Copy() : network.CopyWithHead(task, classNames, seed);

    /// <summary>
    /// Copies a network and gives a head other classes: those it has keep their weights, new ones are drawn from the seed, others are
    /// dropped.
    /// </summary>
    /// <exception cref="ArgumentException">The network has no such head.</exception>
    public static ImageClassifier CopyWithClasses(this ImageClassifier network, string name, IReadOnlyList<string> classNames, int seed)
    {
        Require.NotNull(classNames);
        Head changed = network.HeadNamed(name);
        return network.CopyWithHeads([.. network.Heads.Select(head => (head.Name, head == changed ? classNames : head.ClassNames))], seed);
    }

    private static ImageClassifier CopyWithHeads(
        this ImageClassifier network, IEnumerable<(string Name, IReadOnlyList<string> ClassNames)> named, int seed)
    {
        List<Head> heads = [];
        foreach ((string name, IReadOnlyList<string> classNames) in named)
            heads.Add(new Head(name, classNames, heads.Sum(head => head.ClassCount)));
        return network.CopyInto(network.Architecture.Build(network.Input, network.Normalization, heads, seed));
    }

    /// <summary>Overwrites a new network's weights, those of the readout class by class; what it has beyond them stays.</summary>
    private static ImageClassifier CopyInto(this ImageClassifier network, ImageClassifier copy)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        copy.MoveTo(network.Device);
        Dictionary<string, Tensor> target = copy.state_dict();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            if (!name.StartsWith(network.ReadoutPrefix, StringComparison.Ordinal))
            {
                target[name].copy_(value);
                continue;
            }
            foreach (Head head in network.Heads)
                CopyRows(value, head, target[name], copy.HeadNamed(head.Name));
        }
        return copy;
    }

    /// <summary>Copies the rows of the classes that two heads share.</summary>
    private static void CopyRows(Tensor source, Head from, Tensor target, Head to)
    {
        if (to.ClassNames.SequenceEqual(from.ClassNames))
        {
            target.narrow(0, to.Start, to.ClassCount).copy_(source.narrow(0, from.Start, from.ClassCount));
            return;
        }
        List<string> names = [.. from.ClassNames];
        foreach ((int row, string name) in to.ClassNames.Index().Where(entry => names.Contains(entry.Item)))
            target.narrow(0, to.Start + row, 1).copy_(source.narrow(0, from.Start + names.IndexOf(name), 1));
    }
}
