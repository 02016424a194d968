namespace FeatureReuse;

/// <summary>Writes a device by its name.</summary>
internal sealed class ComputeDeviceConverter : JsonConverter<ComputeDevice>
{
    public override ComputeDevice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => ComputeDevice.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ComputeDevice value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString());
}
