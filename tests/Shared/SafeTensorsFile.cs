using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace FeatureReuse;

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

    /// <summary>Gets the type, shape and place of each tensor.</summary>
    public JsonObject Tensors { get; }

    public JsonObject Metadata { get; }

    public ReadOnlySpan<byte> Content => _content;

    /// <summary>Replaces texts in the header of a file.</summary>
    public static void ReplaceInHeader(string path, params (string Old, string New)[] texts)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        string text = Encoding.UTF8.GetString(bytes, 8, length);
        foreach ((string old, string changed) in texts)
        {
            StringAssert.Contains(text, old);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }
        byte[] header = Encoding.UTF8.GetBytes(text);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. bytes.AsSpan(8 + length)]);
    }

    /// <summary>Gets the values of a float32 tensor.</summary>
    public float[] Floats(string name)
    {
        Assert.AreEqual("F32", (string?)Tensors[name]!["dtype"], name);
        int[] place = [.. Tensors[name]!["data_offsets"]!.AsArray().Select(offset => (int)offset!)];
        return MemoryMarshal.Cast<byte, float>(_content.AsSpan(place[0]..place[1])).ToArray();
    }
}
