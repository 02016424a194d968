namespace FeatureReuse;

/// <summary>Writes class weights as "uniform", "balanced" or the numbers.</summary>
internal sealed class ClassWeightsConverter : JsonConverter<ClassWeights>
{
    public override ClassWeights Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.StartArray ? ClassWeights.From(JsonSerializer.Deserialize<float[]>(ref reader, options)!)
            : reader.GetString() switch
            {
                "uniform" => ClassWeights.Uniform,
                "balanced" => ClassWeights.Balanced,
                var other => throw new JsonException($"class weights are '{other}'"),
            };

    public override void Write(Utf8JsonWriter writer, ClassWeights value, JsonSerializerOptions options)
    {
        if (value.Values is { } values)
            JsonSerializer.Serialize(writer, values, options);
        else
            writer.WriteStringValue(value.IsBalanced ? "balanced" : "uniform");
    }
}
