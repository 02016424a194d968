namespace FeatureReuse;

/// <summary>Writes a rescaling by its factors.</summary>
internal sealed class RescalingConverter : JsonConverter<Rescaling>
{
    public override Rescaling Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Parts parts = JsonSerializer.Deserialize<Parts>(ref reader, options) ?? throw new JsonException("rescaling is null");
        return parts.Last is { } last ? Rescaling.OverDepth(parts.Factor, last, parts.Parameters)
            : parts.Layers.Count > 0 ? Rescaling.ByLayer(parts.Layers, parts.Parameters)
            : parts.Parameters == RescaledParameters.Weights ? Rescaling.WeightsOnly(parts.Factor)
            : Rescaling.All(parts.Factor);
    }

    public override void Write(Utf8JsonWriter writer, Rescaling value, JsonSerializerOptions options)
    {
        var parts = new Parts(value.Factor, value.Parameters, value.LayerFactors.ToDictionary(), value.LastFactor);
        JsonSerializer.Serialize(writer, parts, options);
    }

    private sealed record Parts(float Factor, RescaledParameters Parameters, Dictionary<string, float> Layers, float? Last = null);
}
