namespace FeatureReuse;

/// <summary>One tensor's entry in the header of a safetensors file.</summary>
/// <param name="Type">"F32", "I64" and so on.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind the last.</param>
internal sealed record TensorEntry(string Type, long[] Shape, long Begin, long End)
{
    public long Length => End - Begin;

    /// <summary>The shape, for messages.</summary>
    public static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <exception cref="InvalidDataException">The type is unknown, or type and shape do not take the bytes that the entry
    /// names.</exception>
    public static TensorEntry Parse(JsonElement json)
    {
        string type = json.GetProperty("dtype").GetString() ?? "null";
        long[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. json.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        return shape.All(size => size >= 0) && offsets is [>= 0 and var begin, var end] && ElementTypes.BytesOf(type, shape) == end - begin
            ? new(type, shape, begin, end)
            : throw new InvalidDataException($"a tensor of type {type} and shape {Describe(shape)} cannot lie at {Describe(offsets)}");
    }
}
