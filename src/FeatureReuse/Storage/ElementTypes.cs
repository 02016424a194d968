namespace FeatureReuse;

/// <summary>The element types of safetensors files. Those without a type of libtorch can be skipped, but not read.</summary>
internal static class ElementTypes
{
    private static readonly Dictionary<string, (int Size, ScalarType? Type)> Known = new()
    {
        ["F32"] = (4, ScalarType.Float32),
        ["F64"] = (8, ScalarType.Float64),
        ["F16"] = (2, ScalarType.Float16),
        ["BF16"] = (2, ScalarType.BFloat16),
        ["I64"] = (8, ScalarType.Int64),
        ["I32"] = (4, ScalarType.Int32),
        ["I16"] = (2, ScalarType.Int16),
        ["I8"] = (1, ScalarType.Int8),
        ["U8"] = (1, ScalarType.Byte),
        ["BOOL"] = (1, ScalarType.Bool),
        ["U16"] = (2, null),
        ["U32"] = (4, null),
        ["U64"] = (8, null),
        ["F8_E4M3"] = (1, null),
        ["F8_E5M2"] = (1, null),
    };

    /// <exception cref="NotSupportedException">Safetensors has no such type.</exception>
    public static string NameOf(ScalarType type)
        => Known.FirstOrDefault(entry => entry.Value.Type == type).Key
            ?? throw new NotSupportedException($"Tensors of type {type} cannot be saved.");

    /// <exception cref="InvalidDataException">libtorch has no such type.</exception>
    public static ScalarType ScalarOf(string name)
        => Known[name].Type ?? throw new InvalidDataException($"it has a tensor of type {name}, which libtorch does not know");

    /// <summary>The number of bytes that a tensor takes.</summary>
    /// <exception cref="InvalidDataException">Safetensors has no such type.</exception>
    /// <exception cref="OverflowException">The number is beyond 64 bits.</exception>
    public static long BytesOf(string name, IEnumerable<long> shape)
        => Known.TryGetValue(name, out var element) ? shape.Aggregate((long)element.Size, (product, size) => checked(product * size))
            : throw new InvalidDataException($"a tensor has the type '{name}', which safetensors does not know");
}
