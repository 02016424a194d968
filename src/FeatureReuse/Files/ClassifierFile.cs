namespace FeatureReuse;

/// <summary>A classifier as a <see cref="ModelFile"/>: its parameters and buffers under their names, and a <see cref="ClassifierDescription"/>.</summary>
internal static class ClassifierFile
{
    public const string Kind = "classifier";

    /// <summary>Writes a classifier.</summary>
    public static void Write(Stream stream, TrainedClassifier classifier, params IEnumerable<(string Key, string Value)> additions)
    {
        ImageClassifier network = classifier.Network;
        var description = new ClassifierDescription(LibraryVersion.Current, network.Architecture.Name, network.Input, network.Normalization, network.Heads, classifier.Head.Name, classifier.Runs);
        ModelFile.Write(stream, NamedTensor.AllOf(network), [(Kind, description.ToJson()), .. additions]);
    }

    /// <summary>Reads a classifier, on the processor.</summary>
    /// <exception cref="InvalidDataException">The file holds no classifier, or is damaged; the message says how.</exception>
    public static TrainedClassifier Read(ModelFile file)
    {
        TorchRuntime.EnsureLoaded();
        ClassifierDescription description = ClassifierDescription.Parse(file.DescriptionOf(Kind));
        NetworkArchitecture architecture = NetworkArchitecture.Named(description.Network);
        // Before a network is built: what the description makes large must be in the file.
        foreach ((string name, long[] shape) in architecture.SizedTensors(description.Input, description.LogitCount))
        {
            if (!file.Entries.TryGetValue(name, out TensorEntry? entry) || entry.Shape.Length != shape.Length || shape.Zip(entry.Shape).Any(sizes => sizes.First >= 0 && sizes.First != sizes.Second))
            {
                throw new InvalidDataException($"its description asks for '{name}' of shape [{string.Join(", ", shape)}]; the file has {(entry is null ? "none" : $"[{string.Join(", ", entry.Shape)}]")}");
            }
        }
        ImageClassifier network;
        try
        {
            network = architecture.BuildForWeights(description.Input, description.Normalization, description.Heads);
        }
        catch (ArgumentException failure)
        {
            throw new InvalidDataException($"no {architecture.Name} can be built from its description ({failure.Message.Split(" (Parameter '")[0]})", failure);
        }
        try
        {
            Dictionary<string, Tensor> places = network.state_dict();
            WeightDifferences differences = WeightFile.Compare(file.Entries, name => name, places);
            if (!differences.AreNone || file.Entries.Any(entry => entry.Value.Type != NamedTensor.TypeNameOf(places[entry.Key].dtype)))
                throw new InvalidDataException($"its tensors are not those of {architecture.Name} ({differences})");
            file.ReadInto(name => places[name].bytes);
            return new TrainedClassifier(network, network.HeadNamed(description.Head), description.Runs);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
