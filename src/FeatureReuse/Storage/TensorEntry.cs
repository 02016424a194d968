namespace FeatureReuse;

/// <summary>A tensor's entry in the header of a safetensors file, with the place of its bytes behind the header.</summary>
internal sealed record TensorEntry(string Type, long[] Shape, long Begin, long End)
{
    /// <summary>The element types of safetensors files. Those without a type of libtorch can be skipped, but not read.</summary>
    private static readonly Dictionary<string, (int Size, ScalarType? Type)> Types = new()
    {
        ["F32"] = (4, ScalarType.Float32), ["F64"] = (8, ScalarType.Float64), ["F16"] = (2, ScalarType.Float16),
        ["BF16"] = (2, ScalarType.BFloat16), ["F8_E4M3"] = (1, null), ["F8_E5M2"] = (1, null), ["BOOL"] = (1, ScalarType.Bool),
        ["I64"] = (8, ScalarType.Int64), ["I32"] = (4, ScalarType.Int32), ["I16"] = (2, ScalarType.Int16), ["I8"] = (1, ScalarType.Int8),
        ["U64"] = (8, null), ["U32"] = (4, null), ["U16"] = (2, null), ["U8"] = (1, ScalarType.Byte),
    };

    public ScalarType ScalarType
        => Types[Type].Type ?? throw new InvalidDataException($"it has a tensor of type {Type}, which libtorch does not know");

    public override string ToString() => $"{Type} {Describe(Shape)}";

    /// <summary>The shape, for messages.</summary>
    public static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    public static string NameOf(ScalarType type) => Types.FirstOrDefault(entry => entry.Value.Type == type).Key
        ?? throw new NotSupportedException($"Tensors of type {type} cannot be saved.");

    public static long BytesOf(string type, IEnumerable<long> shape)
        => Types.TryGetValue(type, out var element) ? shape.Aggregate((long)element.Size, (product, size) => checked(product * size))
            : throw new InvalidDataException($"a tensor has the type '{type}', which safetensors does not know");

    public static TensorEntry Parse(JsonElement json)
    {
        long[] NumbersIn(string name) => [.. json.GetProperty(name).EnumerateArray().Select(number => number.GetInt64())];
        string type = json.GetProperty("dtype").GetString() ?? "null";
        (long[] shape, long[] offsets) = (NumbersIn("shape"), NumbersIn("data_offsets"));
        return shape.All(size => size >= 0) && offsets is [>= 0 and var begin, var end] && BytesOf(type, shape) == end - begin
            ? new(type, shape, begin, end)
            : throw new InvalidDataException($"a tensor of type {type} and shape {Describe(shape)} cannot lie at {Describe(offsets)}");
    }
}
