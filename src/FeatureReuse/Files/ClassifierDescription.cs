using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureReuse;

/// <summary>Describes a classifier beside its weights; files hold it as JSON.</summary>
internal sealed record ClassifierDescription(
    string LibraryVersion, string Network, ImageShape Input, InputNormalization Normalization,
    IReadOnlyList<Head> Heads, string Head, IReadOnlyList<RunRecord> Runs)
{
    public static JsonSerializerOptions Format { get; }
        = ModelJson.With(new DeviceConverter(), new ClassWeightsConverter(), new RescalingConverter());

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="InvalidDataException">It is not such a description, or has values that are not allowed.</exception>
    public static ClassifierDescription Parse(string json)
        => ModelJson.Parse<ClassifierDescription>(json, Format, description => description.Validate());

    /// <summary>Gets the number of logits of all heads.</summary>
    [JsonIgnore]
    public int LogitCount => Heads.Sum(head => head.ClassCount);

    private void Validate()
    {
        Require.InRange(Input.Channels, 1, 16, nameof(Input.Channels));
        Require.InRange(Input.Height, 1, 65_536, nameof(Input.Height));
        Require.InRange(Input.Width, 1, 65_536, nameof(Input.Width));
        Normalization.Validate();
        int start = 0;
        foreach (Head head in Heads)
        {
            if (head.Start != start || head.ClassCount < 1 || head.ClassNames.Any(name => name is null))
            {
                throw new ArgumentException($"head '{head.Name}' with {head.ClassCount} classes starts at logit {head.Start}; "
                    + "heads follow one another without gaps");
            }
            start += head.ClassCount;
        }
        if (Heads.Select(head => head.Name).Distinct().Count() != Heads.Count || Heads.All(head => head.Name != Head))
            throw new ArgumentException($"there is not exactly one head '{Head}'");
        foreach (RunRecord run in Runs)
        {
            run.Options?.Validate();
            run.MultiTask?.Validate();
        }
    }

    private sealed class DeviceConverter : JsonConverter<ComputeDevice>
    {
        public override ComputeDevice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => ComputeDevice.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, ComputeDevice value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.ToString());
    }

    /// <summary>Writes "uniform", "balanced" or the weights.</summary>
    private sealed class ClassWeightsConverter : JsonConverter<ClassWeights>
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

    private sealed class RescalingConverter : JsonConverter<Rescaling>
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
            => JsonSerializer.Serialize(
                writer, new Parts(value.Factor, value.Parameters, value.LayerFactors.ToDictionary(), value.LastFactor), options);

        private sealed record Parts(float Factor, RescaledParameters Parameters, Dictionary<string, float> Layers, float? Last = null);
    }
}
