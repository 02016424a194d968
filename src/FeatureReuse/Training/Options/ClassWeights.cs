namespace FeatureReuse;

/// <summary>Specifies how much each class counts in the loss.</summary>
[JsonConverter(typeof(FileFormat))]
public sealed record ClassWeights
{
    private const string BalancedName = "balanced";
    private const string UniformName = "uniform";

    private ClassWeights(bool balanced, IReadOnlyList<float>? values) => (IsBalanced, Values) = (balanced, values);

    /// <summary>Gets weights that count every image equally. The default.</summary>
    public static ClassWeights Uniform { get; } = new(false, null);

    /// <summary>Gets weights that count every class equally: they are inversely proportional to its number of images.</summary>
    public static ClassWeights Balanced { get; } = new(true, null);

    /// <summary>Gets whether the weights follow from the training images.</summary>
    public bool IsBalanced { get; }

    /// <summary>Gets the given weights; null if none were given.</summary>
    public IReadOnlyList<float>? Values { get; }

    /// <summary>Creates weights, one per class in the order of the class names; above 0 and finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not above 0 and finite.</exception>
    public static ClassWeights From(params float[] values)
    {
        for (int i = 0; i < Require.NotNull(values).Length; i++)
            Require.Positive(values[i], float.MaxValue, $"{nameof(ClassWeights)}[{i}]");
        return new(false, [.. values]);
    }

    /// <inheritdoc/>
    public override string ToString()
        => Values is { } values ? string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)))
            : IsBalanced ? BalancedName : UniformName;

    /// <summary>Returns the weights for these images; null if all are equal.</summary>
    internal float[]? For(ReadOnlySpan<int> labels, int classCount)
    {
        if (Values is { Count: var count } && count != classCount)
            throw new ArgumentException($"ClassWeights has {count} values; the label has {classCount} classes.", nameof(ClassWeights));
        if (!IsBalanced)
            return Values?.ToArray();
        var counts = new int[classCount];
        foreach (int label in labels)
            counts[label]++;
        int total = labels.Length;
        int present = counts.Count(images => images > 0);
        return [.. counts.Select(images => images == 0 ? 0 : (float)total / (present * images))];
    }

    /// <summary>Writes "uniform", "balanced" or the numbers.</summary>
    internal sealed class FileFormat : JsonConverter<ClassWeights>
    {
        public override ClassWeights Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.StartArray ? From(JsonSerializer.Deserialize<float[]>(ref reader, options)!)
                : reader.GetString() switch
                {
                    UniformName => Uniform,
                    BalancedName => Balanced,
                    var other => throw new JsonException($"class weights are '{other}'"),
                };

        public override void Write(Utf8JsonWriter writer, ClassWeights value, JsonSerializerOptions options)
        {
            if (value.Values is { } values)
                JsonSerializer.Serialize(writer, values, options);
            else
                writer.WriteStringValue(value.ToString());
        }
    }
}
