using System.Globalization;

namespace FeatureReuse;

/// <summary>
/// A model as a safetensors file: its tensors, and in the metadata "format" (FeatureReuse), "format_version", one key that names the kind of model and holds its
/// description as JSON, what a caller adds, and "checksum" (CRC-32C of the tensors' bytes and of the other metadata, sorted by key). The layout is described in
/// src/FeatureReuse/Files/README.md.
/// </summary>
internal sealed class ModelFile
{
    private const string FormatKey = "format";
    private const string FormatName = "FeatureReuse";
    private const string VersionKey = "format_version";
    private const int CurrentVersion = 2;
    private const string ChecksumKey = "checksum";

    private readonly SafeTensors _tensors;

    private ModelFile(SafeTensors tensors) => _tensors = tensors;

    public IReadOnlyDictionary<string, string> Metadata => _tensors.Metadata;

    public IReadOnlyDictionary<string, TensorEntry> Entries => _tensors.Entries;

    /// <summary>Writes a model.</summary>
    /// <param name="stream">Receives it, from its place on.</param>
    /// <param name="tensors">The weights.</param>
    /// <param name="descriptions">The kind of model with its description, and what a caller adds.</param>
    public static void Write(Stream stream, IReadOnlyList<NamedTensor> tensors, params IEnumerable<(string Key, string Value)> descriptions)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = FormatName,
            [VersionKey] = CurrentVersion.ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string key, string value) in descriptions)
            metadata.Add(key, value);
        metadata.Add(ChecksumKey, ChecksumOf(metadata, SafeTensors.ChecksumOf(tensors)));
        SafeTensors.Write(stream, tensors, metadata);
    }

    /// <summary>Reads a file's header and what <paramref name="read"/> makes of it.</summary>
    /// <exception cref="InvalidDataException">The file holds no such model, or is damaged; the message names it and says how.</exception>
    public static T Load<T>(string path, Func<ModelFile, T> read) => SafeTensors.Load(path, tensors => read(Checked(tensors)));

    /// <summary>Reads from a stream that can seek; it holds nothing but the model.</summary>
    /// <exception cref="InvalidDataException">The stream holds no such model, or is damaged; the message says how.</exception>
    public static T Load<T>(Stream stream, string name, Func<ModelFile, T> read) => SafeTensors.Load(stream, name, tensors => read(Checked(tensors)));

    /// <summary>The description under a key.</summary>
    /// <exception cref="InvalidDataException">The file is of another kind.</exception>
    public string DescriptionOf(string kind) => Metadata.GetValueOrDefault(kind)
        ?? throw new InvalidDataException($"it holds no {kind}; its metadata has {string.Join(", ", Metadata.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>Reads all tensors into places of their size, and checks the checksum of the whole file.</summary>
    /// <exception cref="InvalidDataException">The checksum does not fit.</exception>
    public void ReadInto(Func<string, Span<byte>> placeOf)
    {
        if (ChecksumOf(Metadata, _tensors.ReadInto(placeOf)) != Metadata.GetValueOrDefault(ChecksumKey))
            throw new InvalidDataException("its checksum is not that of its content; it was damaged after it was written");
    }

    /// <summary>Reads all tensors, which must be these floats, into new arrays.</summary>
    /// <exception cref="InvalidDataException">There are others, of another type or shape, or the checksum does not fit.</exception>
    public Dictionary<string, float[]> ReadFloats(params IReadOnlyList<(string Name, long[] Shape)> expected)
    {
        if (expected.Count != Entries.Count || expected.Any(tensor => !Entries.TryGetValue(tensor.Name, out TensorEntry? entry) || entry.Type != "F32" || !entry.Shape.SequenceEqual(tensor.Shape)))
        {
            static string Describe(IEnumerable<(string Name, long[] Shape)> tensors) => string.Join(", ", tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"));
            throw new InvalidDataException($"its tensors are {Describe(Entries.Take(8).Select(entry => (entry.Key, entry.Value.Shape)))}; they should be {Describe(expected)}");
        }
        Dictionary<string, float[]> values = Entries.ToDictionary(entry => entry.Key, entry => new float[entry.Value.Length / sizeof(float)]);
        ReadInto(name => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values[name].AsSpan()));
        return values;
    }

    private static ModelFile Checked(SafeTensors tensors)
    {
        var file = new ModelFile(tensors);
        file.RequireFormat();
        return file;
    }

    private void RequireFormat()
    {
        if (Metadata.GetValueOrDefault(FormatKey) != FormatName)
        {
            throw new InvalidDataException("it is a safetensors file, but not one of a model saved by this library; weights alone are read by ImportWeights");
        }
        string version = Metadata.GetValueOrDefault(VersionKey, "");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > CurrentVersion)
        {
            throw new InvalidDataException($"its format has version '{version}'; this is version {LibraryVersion.Current} of the library, which reads formats up to {CurrentVersion}");
        }
    }

    private static string ChecksumOf(IEnumerable<KeyValuePair<string, string>> metadata, uint tensors)
    {
        var sum = new Checksum();
        sum.Add(BitConverter.GetBytes(tensors));
        foreach ((string key, string value) in metadata.Where(pair => pair.Key != ChecksumKey).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            sum.Add(System.Text.Encoding.UTF8.GetBytes($"{key}\0{value}\0"));
        return sum.Value.ToString("x8", CultureInfo.InvariantCulture);
    }
}
