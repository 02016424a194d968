using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>A safetensors file, read without the library: its header, and the bytes of its tensors.</summary>
internal sealed class SafeTensorsFile
{
    private readonly byte[] _content;

    public SafeTensorsFile(byte[] bytes)
    {
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Tensors = JsonNode.Parse(bytes.AsSpan(8, header))!.AsObject();
        Metadata = Tensors["__metadata__"]?.AsObject() ?? [];
        Tensors.Remove("__metadata__");
        _content = bytes[(8 + header)..];
    }

    /// <summary>Type, shape and place of each tensor.</summary>
    public JsonObject Tensors { get; }

    public JsonObject Metadata { get; }

    public ReadOnlySpan<byte> Content => _content;

    /// <summary>Of a tensor of floats.</summary>
    public float[] Floats(string name)
    {
        Assert.AreEqual("F32", (string?)Tensors[name]!["dtype"], name);
        int[] place = [.. Tensors[name]!["data_offsets"]!.AsArray().Select(offset => (int)offset!)];
        return MemoryMarshal.Cast<byte, float>(_content.AsSpan(place[0]..place[1])).ToArray();
    }
}
