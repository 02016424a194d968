namespace FeatureReuse;

/// <summary>Writes and reads the weights of shallow networks. Shapes are those of the file, so that little is larger than it is.</summary>
internal static class ShallowTensors
{
    private const int MaximumSize = 10_000_000;

    /// <summary>"first.plus" and "first.minus" [d], "readouts.plus" and "readouts.minus" [tasks, d].</summary>
    public static NamedTensor[] ToTensors(DiagonalNetwork network)
    {
        int width = network.Width;
        float[] Readouts(Func<DiagonalLayer, float[]> path) => [.. network.Readouts.SelectMany(readout => path(readout)[..width])];
        return
        [
            NamedTensor.From("first.plus", network.First.Plus.AsMemory(0, width), width),
            NamedTensor.From("first.minus", network.First.Minus.AsMemory(0, width), width),
            NamedTensor.From("readouts.plus", Readouts(layer => layer.Plus), network.TaskCount, width),
            NamedTensor.From("readouts.minus", Readouts(layer => layer.Minus), network.TaskCount, width),
        ];
    }

    public static DiagonalNetwork ReadDiagonal(ModelFile file)
    {
        (int tasks, int width) = MatrixOf(file, "readouts.plus");
        Dictionary<string, float[]> values = file.ReadFloats(
            ("first.plus", [width]), ("first.minus", [width]), ("readouts.plus", [tasks, width]), ("readouts.minus", [tasks, width]));
        DiagonalNetwork network = Create(() => new DiagonalNetwork(width, tasks));
        values["first.plus"].CopyTo(network.First.Plus);
        values["first.minus"].CopyTo(network.First.Minus);
        foreach ((int task, DiagonalLayer readout) in network.Readouts.Index())
        {
            values["readouts.plus"].AsSpan(task * width, width).CopyTo(readout.Plus);
            values["readouts.minus"].AsSpan(task * width, width).CopyTo(readout.Minus);
        }
        return network;
    }

    /// <summary>"first.weight" [units, d], "readouts.weight" [tasks, units]: as PyTorch's Linear layers lay them out.</summary>
    public static NamedTensor[] ToTensors(TwoLayerReluNetwork network)
    {
        (int units, int tasks) = (network.HiddenUnits, network.TaskCount);
        float[] first = [.. Enumerable.Range(0, units).SelectMany(network.GetUnit)];
        float[] readouts = [.. Enumerable.Range(0, tasks).SelectMany(task => network.GetReadout(task).ToArray())];
        return [NamedTensor.From("first.weight", first, units, network.Width), NamedTensor.From("readouts.weight", readouts, tasks, units)];
    }

    public static TwoLayerReluNetwork ReadRelu(ModelFile file)
    {
        (int units, int width) = MatrixOf(file, "first.weight");
        (int tasks, _) = MatrixOf(file, "readouts.weight");
        Dictionary<string, float[]> values = file.ReadFloats(("first.weight", [units, width]), ("readouts.weight", [tasks, units]));
        return Create(() => new TwoLayerReluNetwork(width, values["first.weight"], [.. values["readouts.weight"].Chunk(units)]));
    }

    /// <summary>"first.weight" [features, d].</summary>
    public static NamedTensor[] ToTensors(LearnedFeatures features)
        => [NamedTensor.From("first.weight", features.Weights, features.NeuronCount, features.Width)];

    public static LearnedFeatures ReadFeatures(ModelFile file)
    {
        (int neurons, int width) = MatrixOf(file, "first.weight");
        return new LearnedFeatures(file.ReadFloats(("first.weight", [neurons, width]))["first.weight"], width);
    }

    private static T Create<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException failure)
        {
            throw new InvalidDataException($"its network is too large ({failure.Message.Split(" (Parameter '")[0]})", failure);
        }
    }

    private static (int Rows, int Columns) MatrixOf(ModelFile file, string name)
        => file.Entries.GetValueOrDefault(name)?.Shape is [>= 1 and <= MaximumSize and var rows, >= 1 and <= MaximumSize and var columns]
            ? ((int)rows, (int)columns)
            : throw new InvalidDataException($"it has no matrix '{name}' of at least one row and column");
}
