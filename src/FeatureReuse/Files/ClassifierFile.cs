namespace FeatureReuse;

/// <summary>
/// Writes and reads a classifier as a <see cref="ModelFile"/>: its parameters and buffers under their names, and a
/// <see cref="ClassifierDescription"/>.
/// </summary>
internal static class ClassifierFile
{
    public const string Kind = "classifier";

    public static void Write(Stream stream, TrainedClassifier classifier, params IEnumerable<(string Key, string Value)> additions)
    {
        ImageClassifier network = classifier.Network;
        var description = new ClassifierDescription(LibraryVersion.Current, network.Architecture.Name, network.Input, network.Normalization,
            network.Heads, classifier.Head.Name, classifier.Runs);
        ModelFile.Write(stream, NamedTensor.AllOf(network), [(Kind, description.ToJson()), .. additions]);
    }

    /// <summary>Reads a classifier, on the CPU.</summary>
    /// <param name="file">The file.</param>
    /// <param name="architectures">The custom architectures that it may have.</param>
    /// <exception cref="ArgumentException">Two architectures have the same name.</exception>
    /// <exception cref="InvalidDataException">The file holds no classifier, or is damaged; the message says how.</exception>
    public static TrainedClassifier Read(ModelFile file, IReadOnlyList<NetworkArchitecture> architectures)
    {
        NetworkArchitecture.RequireDistinct(architectures);
        TorchRuntime.EnsureLoaded();
        ClassifierDescription description = ClassifierDescription.Parse(file.DescriptionOf(Kind));
        NetworkArchitecture architecture = NetworkArchitecture.Named(description.Network, architectures);
        RequireSizes(file, architecture.SizedTensors(description.Input, description.LogitCount));
        ImageClassifier network;
        try
        {
            network = architecture.BuildForWeights(description.Input, description.Normalization, description.Heads);
        }
        catch (ArgumentException failure)
        {
            string reason = failure.Message.Split(" (Parameter '")[0];
            throw new InvalidDataException($"no {architecture.Name} can be built from its description ({reason})", failure);
        }
        try
        {
            Dictionary<string, Tensor> weights = network.state_dict();
            WeightDifferences differences = WeightFile.Compare(file.Entries, name => name, weights);
            if (!differences.AreNone || file.Entries.Any(entry => entry.Value.Type != ElementTypes.NameOf(weights[entry.Key].dtype)))
                throw new InvalidDataException($"its tensors are not those of {architecture.Name} ({differences})");
            file.ReadInto(name => weights[name].bytes);
            return new TrainedClassifier(network, network.HeadNamed(description.Head), description.Runs);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Requires, before a network is built, that the file has the tensors that the description makes large.</summary>
    private static void RequireSizes(ModelFile file, IEnumerable<(string Name, long[] Shape)> sized)
    {
        foreach ((string name, long[] shape) in sized)
        {
            TensorEntry? entry = file.Entries.GetValueOrDefault(name);
            if (entry is null || entry.Shape.Length != shape.Length
                || shape.Zip(entry.Shape).Any(sizes => sizes.First >= 0 && sizes.First != sizes.Second))
            {
                throw new InvalidDataException($"its description asks for '{name}' of shape {TensorEntry.Describe(shape)}; "
                    + $"the file has {(entry is null ? "none" : TensorEntry.Describe(entry.Shape))}");
            }
        }
    }
}
