namespace FeatureReuse;

/// <summary>Writes and reads a classifier as a <see cref="ModelFile"/>: its parameters and buffers, and a description.</summary>
internal static class ClassifierFile
{
    public const string Kind = "classifier";

    public static void Write(Stream stream, TrainedClassifier classifier, params IEnumerable<(string Key, string Value)> additions)
    {
        ImageClassifier network = classifier.Network;
        var description = new Description(LibraryVersion.Current, network.Architecture.Name, network.Input, network.Normalization,
            network.Heads, classifier.Head.Name, classifier.Runs);
        string json = JsonSerializer.Serialize(description, ModelJson.Format);
        ModelFile.Write(stream, NamedTensor.AllOf(network), [(Kind, json), .. additions]);
    }

    /// <summary>Reads a classifier, on the CPU.</summary>
    public static TrainedClassifier Read(ModelFile file, IReadOnlyList<NetworkArchitecture> architectures)
    {
        NetworkArchitecture.RequireDistinct(architectures);
        TorchRuntime.EnsureLoaded();
        Description description = ModelJson.Parse<Description>(file.DescriptionOf(Kind), read => read.Validate());
        NetworkArchitecture architecture = NetworkArchitecture.Named(description.Network, architectures);
        RequireSizes(file, architecture.SizedTensors(description.Input, description.Heads.Sum(head => head.ClassCount)));
        ImageClassifier network;
        try
        {
            network = architecture.Build(description.Input, description.Normalization, description.Heads, seed: null);
        }
        catch (ArgumentException failure)
        {
            string reason = failure.Message.Split(" (Parameter '")[0];
            throw new InvalidDataException($"no {architecture.Name} can be built from its description ({reason})", failure);
        }
        return Owned.Complete(network, () =>
        {
            Dictionary<string, Tensor> weights = network.state_dict();
            WeightDifferences differences = WeightFile.Compare(file.Entries, name => name, weights);
            if (!differences.IsEmpty || file.Entries.Any(entry => entry.Value.Type != TensorEntry.NameOf(weights[entry.Key].dtype)))
                throw new InvalidDataException($"its tensors are not those of {architecture.Name} ({differences})");
            file.ReadInto(name => weights[name].bytes);
            return new TrainedClassifier(network, network.HeadNamed(description.Head), description.Runs);
        });
    }

    /// <summary>Requires, before a network is built, that the file has the tensors that the description makes large.</summary>
    private static void RequireSizes(ModelFile file, IEnumerable<(string Name, long[] Shape)> sized)
    {
        foreach ((string name, long[] shape) in sized)
        {
            long[]? found = file.Entries.GetValueOrDefault(name)?.Shape;
            if (found?.Length != shape.Length || shape.Zip(found).Any(sizes => sizes.First >= 0 && sizes.First != sizes.Second))
            {
                throw new InvalidDataException($"its description asks for '{name}' of shape {TensorEntry.Describe(shape)}; "
                    + $"the file has {(found is null ? "none" : TensorEntry.Describe(found))}");
            }
        }
    }

    /// <summary>Describes a classifier beside its weights; files hold it as JSON.</summary>
    private sealed record Description(
        string LibraryVersion, string Network, ImageShape Input, InputNormalization Normalization,
        IReadOnlyList<Head> Heads, string Head, IReadOnlyList<RunRecord> Runs)
    {
        public void Validate()
        {
            Input.Validate(maximumSide: 65_536);
            Normalization.Validate();
            FeatureReuse.Head.RequireConsecutive(Heads);
            if (Heads.All(head => head.Name != Head))
                throw new ArgumentException($"there is no head '{Head}'");
            foreach (TrainingRun run in Runs.OfType<TrainingRun>())
            {
                run.Options.Validate();
                run.TaskMixing?.Validate();
            }
        }
    }
}
