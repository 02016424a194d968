using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace FeatureReuse;

/// <summary>
/// The safetensors layout: the header's length (8 bytes, little-endian), the header (JSON: a line for each tensor, and "__metadata__" with text values), then
/// the tensors' bytes without gaps. Nothing in it can be run.
/// </summary>
internal sealed class SafeTensors
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = 8;
    private const int MostHeaderBytes = 10 << 20;
    private const int Alignment = 8;

    private readonly Stream _stream;
    private readonly long _start;

    private SafeTensors(Stream stream, long start, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, TensorEntry> entries)
        => (_stream, _start, Metadata, Entries) = (stream, start, metadata, entries);

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <summary>Writes tensors one after another.</summary>
    public static void Write(Stream stream, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            long begin = 0;
            foreach (NamedTensor tensor in tensors)
            {
                long end = begin + tensor.Shape.Aggregate((long)SizeOf(tensor.Type), (product, size) => product * size);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers(json, "shape", [.. tensor.Shape]);
                WriteNumbers(json, "data_offsets", begin, end);
                json.WriteEndObject();
                begin = end;
            }
            json.WriteEndObject();
        }
        // Spaces behind the object, so that the tensors begin at a multiple of eight.
        int padded = (header.WrittenCount + Alignment - 1) / Alignment * Alignment;
        if (padded > MostHeaderBytes)
        {
            throw new InvalidOperationException($"The description of the network takes {padded:N0} bytes; the format allows {MostHeaderBytes:N0}.");
        }
        header.GetSpan(padded - header.WrittenCount)[..(padded - header.WrittenCount)].Fill((byte)' ');
        header.Advance(padded - header.WrittenCount);
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        stream.Write(length);
        stream.Write(header.WrittenSpan);
        foreach (NamedTensor tensor in tensors)
            tensor.Read(stream.Write);
    }

    /// <summary>The checksum of tensors as they would be written.</summary>
    public static uint ChecksumOf(IEnumerable<NamedTensor> tensors)
    {
        var sum = new Checksum();
        foreach (NamedTensor tensor in tensors)
            tensor.Read(bytes => sum.Add(bytes));
        return sum.Value;
    }

    /// <summary>Reads a file's header and what <paramref name="read"/> makes of it.</summary>
    /// <exception cref="InvalidDataException">The file is no safetensors file, damaged, or not what is read; the message names it and says how.</exception>
    public static T Load<T>(string path, Func<SafeTensors, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Load(stream, Path.GetFullPath(path), read);
    }

    /// <summary>Reads from a stream that can seek and holds nothing else.</summary>
    /// <exception cref="InvalidDataException">The stream holds no safetensors file, is damaged, or not what is read; the message says how.</exception>
    public static T Load<T>(Stream stream, string name, Func<SafeTensors, T> read)
    {
        try
        {
            return read(Open(stream));
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{name} cannot be loaded: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>Reads and checks the header; tensors are read when they are asked for.</summary>
    /// <exception cref="InvalidDataException">The file is no safetensors file, truncated or inconsistent.</exception>
    private static SafeTensors Open(Stream stream)
    {
        Span<byte> first = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes || stream.ReadAtLeast(first, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
            throw new InvalidDataException($"it has {stream.Length} bytes, too few for a safetensors file");
        long length = BinaryPrimitives.ReadInt64LittleEndian(first);
        if (length < 2 || length > MostHeaderBytes || length > stream.Length - LengthBytes)
        {
            // As lengths, the first bytes of a pickle and of a zip archive are far out of range.
            throw new InvalidDataException(first.StartsWith("PK"u8) || first[0] == 0x80
                ? "it looks like a pickle of PyTorch, which is never read since it can run code; convert it with safetensors.torch.save_file(model.state_dict(), path) in Python"
                : $"its header claims {length:N0} bytes; the file has {stream.Length:N0}, and a header at most {MostHeaderBytes:N0}");
        }
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        var metadata = new Dictionary<string, string>();
        var entries = new Dictionary<string, TensorEntry>();
        try
        {
            using JsonDocument json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4 });
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                bool isNew = property.Name == MetadataKey
                    ? metadata.Count == 0 && property.Value.EnumerateObject().All(pair => metadata.TryAdd(pair.Name, pair.Value.GetString()!))
                    : entries.TryAdd(property.Name, EntryOf(property.Value));
                if (!isNew)
                    throw new InvalidDataException($"its header names '{property.Name}' twice");
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException($"its header is damaged ({failure.Message.Split('\n')[0]})", failure);
        }
        RequireComplete(entries, stream.Length - LengthBytes - length);
        return new(stream, LengthBytes + length, metadata, entries);
    }

    /// <summary>Reads the tensors, in the order of the file, into places of their size; those without a place are passed over.</summary>
    /// <returns>The checksum of what was read.</returns>
    public uint ReadInto(Func<string, Span<byte>> placeOf)
    {
        var sum = new Checksum();
        _stream.Position = _start;
        foreach ((string name, TensorEntry entry) in Entries.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            Span<byte> place = placeOf(name);
            if (place.IsEmpty)
            {
                _stream.Position += entry.Length;
                continue;
            }
            _stream.ReadExactly(place);
            sum.Add(place);
        }
        return sum.Value;
    }

    private static int SizeOf(string type) => type switch
    {
        "F32" or "I32" or "U32" => 4,
        "F64" or "I64" or "U64" => 8,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => throw new InvalidDataException($"a tensor has the type '{type}', which safetensors does not know"),
    };

    private static TensorEntry EntryOf(JsonElement json)
    {
        string type = json.GetProperty("dtype").GetString()!;
        long[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. json.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (shape.Any(size => size < 0) || offsets is not [var begin, var end]
            || begin < 0 || checked(shape.Aggregate((long)SizeOf(type), (product, size) => product * size)) != end - begin)
        {
            throw new InvalidDataException($"a tensor of type {type} and shape [{string.Join(", ", shape)}] cannot lie at [{string.Join(", ", offsets)}]");
        }
        return new(type, shape, begin, end);
    }

    /// <summary>The tensors cover the rest of the file, each byte once.</summary>
    private static void RequireComplete(Dictionary<string, TensorEntry> entries, long size)
    {
        long reached = 0;
        foreach ((string name, TensorEntry entry) in entries.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End))
        {
            if (entry.Begin != reached)
            {
                throw new InvalidDataException($"tensor '{name}' begins at byte {entry.Begin:N0} of the data; it must begin at {reached:N0}");
            }
            reached = entry.End;
        }
        if (reached != size)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"its tensors take {reached:N0} bytes and the file holds {size:N0}; it is truncated or has something appended"));
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
