using System.Globalization;
using FeatureReuse.Networks;
using FeatureReuse.Reuse;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Persistence;

/// <summary>
/// A classifier as a safetensors file: the parameters and buffers under their names, and in the metadata "format" (FeatureReuse), "format_version" (1),
/// "classifier" (the description as JSON), what a caller adds, and "checksum" (CRC-32C of the tensors' bytes and of the other metadata, sorted by key).
/// </summary>
internal static class ClassifierFile
{
    private const string FormatKey = "format";
    private const string FormatName = "FeatureReuse";
    private const string VersionKey = "format_version";
    private const int CurrentVersion = 1;
    private const string DescriptionKey = "classifier";
    private const string ChecksumKey = "checksum";

    /// <summary>Writes beside the file and renames.</summary>
    public static void Save(TrainedClassifier classifier, string path, params ReadOnlySpan<(string Key, string Value)> additions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ImageClassifier network = classifier.Network;
        var description = new ClassifierDescription(LibraryVersion.Current, network.Network.Name, network.Input, network.Normalization, network.Heads, classifier.Head.Name, classifier.Runs);
        (string Name, Tensor Value)[] tensors = [.. network.state_dict().Select(pair => (pair.Key, pair.Value))];
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = FormatName,
            [VersionKey] = CurrentVersion.ToString(CultureInfo.InvariantCulture),
            [DescriptionKey] = description.ToJson(),
        };
        foreach ((string key, string value) in additions)
        {
            metadata.Add(key, value);
        }
        metadata.Add(ChecksumKey, ChecksumOf(metadata, SafeTensors.ChecksumOf(tensors)));
        WholeFile.Write(path, stream => SafeTensors.Write(stream, tensors, metadata));
    }

    /// <summary>Reads a classifier, on the processor.</summary>
    /// <returns>The classifier, and the metadata.</returns>
    /// <exception cref="InvalidDataException">The file holds no classifier, or is damaged; the message says how.</exception>
    public static (TrainedClassifier Classifier, IReadOnlyDictionary<string, string> Metadata) Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TorchRuntime.EnsureLoaded();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            SafeTensors file = SafeTensors.Open(stream);
            return (Read(file), file.Metadata);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{Path.GetFullPath(path)} cannot be loaded: {failure.Message}.", failure);
        }
    }

    private static TrainedClassifier Read(SafeTensors file)
    {
        if (file.Metadata.GetValueOrDefault(FormatKey) != FormatName)
        {
            throw new InvalidDataException("it is a safetensors file, but not one of a classifier saved by this library");
        }
        string version = file.Metadata.GetValueOrDefault(VersionKey, "");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > CurrentVersion)
        {
            throw new InvalidDataException($"its format has version '{version}'; this is version {LibraryVersion.Current} of the library, which reads formats up to {CurrentVersion}");
        }
        ClassifierDescription description = ClassifierDescription.Parse(file.Metadata.GetValueOrDefault(DescriptionKey, "null"));
        Network architecture = Network.Named(description.Network);
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
            network = architecture.Build(description.Input, description.Normalization, description.Heads, seed: 0);
        }
        catch (ArgumentException failure)
        {
            throw new InvalidDataException($"no {architecture.Name} can be built from its description ({failure.Message.Split(" (Parameter '")[0]})", failure);
        }
        try
        {
            Dictionary<string, Tensor> places = network.state_dict();
            RequireSame(file, places, architecture);
            uint tensors = file.ReadInto(places);
            if (ChecksumOf(file.Metadata, tensors) != file.Metadata.GetValueOrDefault(ChecksumKey))
            {
                throw new InvalidDataException("its checksum is not that of its content; it was damaged after it was written");
            }
            return new TrainedClassifier(network, network.HeadNamed(description.Head), description.Runs);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static void RequireSame(SafeTensors file, Dictionary<string, Tensor> places, Network architecture)
    {
        string[] missing = [.. places.Keys.Except(file.Entries.Keys)];
        string[] unexpected = [.. file.Entries.Keys.Except(places.Keys)];
        string[] other = [.. places.Where(place => file.Entries.TryGetValue(place.Key, out TensorEntry? entry)
            && (!entry.Shape.SequenceEqual(place.Value.shape) || entry.Type != SafeTensors.TypeNameOf(place.Value.dtype))).Select(place => place.Key)];
        if (missing.Length + unexpected.Length + other.Length > 0)
        {
            throw new InvalidDataException($"its tensors are not those of {architecture.Name} (missing: {Sample(missing)}; unexpected: {Sample(unexpected)}; of another shape or type: {Sample(other)})");
        }
    }

    private static string ChecksumOf(IEnumerable<KeyValuePair<string, string>> metadata, uint tensors)
    {
        var sum = new Checksum();
        sum.Add(BitConverter.GetBytes(tensors));
        foreach ((string key, string value) in metadata.Where(pair => pair.Key != ChecksumKey).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            sum.Add(System.Text.Encoding.UTF8.GetBytes($"{key}\0{value}\0"));
        }
        return sum.Value.ToString("x8", CultureInfo.InvariantCulture);
    }

    private static string Sample(string[] names) => names.Length == 0 ? "none" : names.Length <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))}, ... {names.Length} in all";
}
