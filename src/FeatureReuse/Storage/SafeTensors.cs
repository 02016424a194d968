using System.Buffers.Binary;
using System.IO.Hashing;

namespace FeatureReuse;

/// <summary>
/// A file in the safetensors layout: the header's length (8 bytes, little-endian), the header (JSON: an entry for each tensor, and
/// "__metadata__" with texts), then the tensors' bytes without gaps. Reading it runs no code.
/// </summary>
internal sealed class SafeTensors(
    Stream stream, long start, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, TensorEntry> entries)
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = 8;
    private const int MaximumHeaderBytes = 10 << 20;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Gets the tensors, in the order of the file.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => entries;

    /// <summary>Writes tensors one after another.</summary>
    public static void Write(Stream stream, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var entries = new OrderedDictionary<string, object> { [MetadataKey] = metadata };
        long begin = 0;
        foreach (NamedTensor tensor in tensors)
        {
            long end = begin + TensorEntry.BytesOf(tensor.Type, tensor.Shape);
            entries.Add(tensor.Name, new { dtype = tensor.Type, shape = tensor.Shape, data_offsets = new[] { begin, end } });
            begin = end;
        }
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(entries);
        // Spaces behind the object, so that the tensors begin at a multiple of eight.
        int padding = -header.Length & 7;
        if (header.Length + padding > MaximumHeaderBytes)
            throw new InvalidOperationException($"The header takes {header.Length:N0} bytes; the format allows {MaximumHeaderBytes:N0}.");
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length + padding);
        stream.Write(length);
        stream.Write(header);
        stream.Write("        "u8[..padding]);
        foreach (NamedTensor tensor in tensors)
            tensor.Read(stream.Write);
    }

    /// <summary>Computes the CRC-32C of tensors as they would be written.</summary>
    public static uint ChecksumOf(IEnumerable<NamedTensor> tensors)
    {
        var checksum = new Crc32(Crc32ParameterSet.Crc32C);
        foreach (NamedTensor tensor in tensors)
            tensor.Read(checksum.Append);
        return checksum.GetCurrentHashAsUInt32();
    }

    /// <summary>Opens a file and reads what <paramref name="read"/> makes of it.</summary>
    public static T Load<T>(string path, Func<SafeTensors, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Load(stream, Path.GetFullPath(path), read);
    }

    /// <summary>Reads from a stream that can seek and holds nothing else.</summary>
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

    /// <summary>Reads the tensors into memory of their size, skips those that get none, and returns the CRC-32C of what was read.</summary>
    public uint ReadInto(Func<string, Span<byte>> memoryOf)
    {
        var checksum = new Crc32(Crc32ParameterSet.Crc32C);
        foreach ((string name, TensorEntry entry) in Entries)
        {
            Span<byte> memory = memoryOf(name);
            if (memory.IsEmpty)
                continue;
            stream.Position = start + entry.Begin;
            stream.ReadExactly(memory);
            checksum.Append(memory);
        }
        return checksum.GetCurrentHashAsUInt32();
    }

    /// <summary>Reads and checks the header; tensors are read when they are asked for.</summary>
    private static SafeTensors Open(Stream stream)
    {
        Span<byte> first = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes || stream.ReadAtLeast(first, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
            throw new InvalidDataException($"it has {stream.Length} bytes, too few for a safetensors file");
        long length = BinaryPrimitives.ReadInt64LittleEndian(first);
        if (length < 2 || length > MaximumHeaderBytes || length > stream.Length - LengthBytes)
        {
            // Read as lengths, the first bytes of a pickle and of a zip archive are far out of range.
            throw new InvalidDataException(first.StartsWith("PK"u8) || first[0] == 0x80
                ? "it looks like a PyTorch pickle, which is never read because it can run code; "
                    + "convert it with safetensors.torch.save_file(model.state_dict(), path) in Python"
                : $"its header claims {length:N0} bytes; the file has {stream.Length:N0}, and a header at most {MaximumHeaderBytes:N0}");
        }
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        var metadata = new Dictionary<string, string>();
        var entries = new OrderedDictionary<string, TensorEntry>();
        try
        {
            using JsonDocument json = JsonDocument.Parse(header, new() { MaxDepth = 4, AllowDuplicateProperties = false });
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                    metadata = property.Value.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!);
                else
                    entries.Add(property.Name, TensorEntry.Parse(property.Value));
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException($"its header is damaged ({failure.Message.Split('\n')[0]})", failure);
        }
        entries = new(entries.OrderBy(pair => pair.Value.Begin).ThenBy(pair => pair.Value.End));
        long start = LengthBytes + length;
        RequireComplete(entries, stream.Length - start);
        return new(stream, start, metadata, entries);
    }

    /// <summary>Requires that the tensors cover the rest of the file, each byte once.</summary>
    private static void RequireComplete(OrderedDictionary<string, TensorEntry> entries, long size)
    {
        long reached = 0;
        foreach ((string name, TensorEntry entry) in entries)
        {
            if (entry.Begin != reached)
                throw new InvalidDataException($"tensor '{name}' begins at byte {entry.Begin:N0} of the data, not at {reached:N0}");
            reached = entry.End;
        }
        if (reached != size)
        {
            throw new InvalidDataException(
                $"its tensors take {reached:N0} bytes and the file holds {size:N0}; it is truncated or has something appended");
        }
    }
}
