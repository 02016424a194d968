using System.IO.Hashing;
using System.Text;

namespace FeatureReuse;

/// <summary>
/// A model as a safetensors file: its tensors, and in the metadata its format, a description as JSON under the kind of model, what a caller
/// adds, and a checksum. src/FeatureReuse/Files/README.md describes the layout.
/// </summary>
internal sealed class ModelFile
{
    private const string FormatKey = "format";
    private const string FormatName = "FeatureReuse";
    private const string VersionKey = "format_version";
    private const int CurrentVersion = 2;
    private const string ChecksumKey = "checksum";

    private readonly SafeTensors _tensors;

    private ModelFile(SafeTensors tensors)
    {
        _tensors = tensors;
        if (Metadata.GetValueOrDefault(FormatKey) != FormatName)
            throw new InvalidDataException("it is a safetensors file, but no model of this library; ImportWeights reads weights alone");
        string version = Metadata.GetValueOrDefault(VersionKey, "");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > CurrentVersion)
        {
            throw new InvalidDataException($"its format has version '{version}'; "
                + $"this is version {LibraryVersion.Current} of the library, which reads formats up to {CurrentVersion}");
        }
    }

    public IReadOnlyDictionary<string, string> Metadata => _tensors.Metadata;
    public IReadOnlyDictionary<string, TensorEntry> Entries => _tensors.Entries;

    /// <summary>Writes a model: its weights, its kind with its description, and what a caller adds.</summary>
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

    public static T Load<T>(string path, Func<ModelFile, T> read) => SafeTensors.Load(path, tensors => read(new ModelFile(tensors)));

    public static T Load<T>(Stream stream, string name, Func<ModelFile, T> read)
        => SafeTensors.Load(stream, name, tensors => read(new ModelFile(tensors)));

    public string DescriptionOf(string kind) => Metadata.GetValueOrDefault(kind)
        ?? throw new InvalidDataException($"it holds no {kind}; its metadata has {string.Join(", ", Metadata.Keys.Order())}");

    /// <summary>Reads all tensors into memory of their size, and verifies the checksum of the whole file.</summary>
    public void ReadInto(Func<string, Span<byte>> memoryOf)
    {
        if (ChecksumOf(Metadata, _tensors.ReadInto(memoryOf)) != Metadata.GetValueOrDefault(ChecksumKey))
            throw new InvalidDataException("its checksum does not match its content; it was damaged after it was written");
    }

    /// <summary>Reads all tensors, which must be these floats, into new arrays.</summary>
    public Dictionary<string, float[]> ReadFloats(params IReadOnlyList<(string Name, long[] Shape)> expected)
    {
        static string Describe(IEnumerable<(string Name, long[] Shape)> tensors)
            => string.Join(", ", tensors.Select(tensor => $"{tensor.Name} {TensorEntry.Describe(tensor.Shape)}"));
        if (expected.Count != Entries.Count || !expected.All(tensor => Entries.TryGetValue(tensor.Name, out TensorEntry? entry)
            && entry.Type == "F32" && entry.Shape.SequenceEqual(tensor.Shape)))
        {
            IEnumerable<(string, long[])> found = Entries.Take(8).Select(entry => (entry.Key, entry.Value.Shape));
            throw new InvalidDataException($"its tensors are {Describe(found)}; they should be {Describe(expected)}");
        }
        var values = Entries.ToDictionary(entry => entry.Key, entry => new float[(entry.Value.End - entry.Value.Begin) / sizeof(float)]);
        ReadInto(name => MemoryMarshal.AsBytes(values[name].AsSpan()));
        return values;
    }

    private static string ChecksumOf(IEnumerable<KeyValuePair<string, string>> metadata, uint tensors)
    {
        var checksum = new Crc32(Crc32ParameterSet.Crc32C);
        checksum.Append(BitConverter.GetBytes(tensors));
        var others = metadata.Where(pair => pair.Key != ChecksumKey).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        foreach ((string key, string value) in others)
            checksum.Append(Encoding.UTF8.GetBytes($"{key}\0{value}\0"));
        return checksum.GetCurrentHashAsUInt32().ToString("x8", CultureInfo.InvariantCulture);
    }
}
