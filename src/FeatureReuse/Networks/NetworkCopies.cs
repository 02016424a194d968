namespace FeatureReuse;

/// <summary>Copies networks, on their device; a copy shares nothing with its original.</summary>
internal static class NetworkCopies
{
    public static ImageClassifier Copy(this ImageClassifier network)
        => network.CopyInto(network.Architecture.Build(network.Input, network.Normalization, network.Heads, seed: null));

    /// <summary>Copies a network with its own head for a task, or with a new one whose weights are drawn from the seed.</summary>
    public static ImageClassifier CopyFor(this ImageClassifier network, string task, IReadOnlyList<string> classNames, int seed)
        => network.Heads.Any(head => head.Name == task) ? network.Copy() : network.CopyWithHead(task, classNames, seed);

    /// <summary>Copies a network with a head of these classes; those that it lacks get weights drawn from the seed.</summary>
    public static ImageClassifier CopyWithHead(this ImageClassifier network, string name, IReadOnlyList<string> classNames, int seed)
    {
        OrderedDictionary<string, IReadOnlyList<string>> tasks
            = new(network.Heads.Select(head => KeyValuePair.Create(head.Name, head.ClassNames))) { [name] = Require.NotNull(classNames) };
        IReadOnlyList<Head> heads = Head.Consecutive(tasks.Select(task => (task.Key, task.Value)));
        return network.CopyInto(network.Architecture.Build(network.Input, network.Normalization, heads, seed));
    }

    /// <summary>Overwrites a new network's weights, those of the readout class by class; what it has beyond them stays.</summary>
    private static ImageClassifier CopyInto(this ImageClassifier network, ImageClassifier copy) => Owned.Complete(copy, () =>
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        copy.MoveTo(network.Device);
        Dictionary<string, Tensor> target = copy.state_dict();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            bool isReadout = name.StartsWith(network.ReadoutPrefix, StringComparison.Ordinal);
            if (!isReadout)
                target[name].copy_(value);
            foreach (Head head in isReadout ? network.Heads : [])
                CopyRows(value, head, target[name], copy.HeadNamed(head.Name));
        }
        return copy;
    });

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
