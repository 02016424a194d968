namespace FeatureReuse;

/// <summary>Writes and reads the descriptions of models as JSON.</summary>
internal static class ModelJson
{
    /// <summary>Unknown members are skipped, so that a later version can add some; missing ones have their defaults.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <exception cref="InvalidDataException">It is not such a description, or has values that are not allowed.</exception>
    public static T Parse<T>(string json, Action<T>? validate = null) where T : class
    {
        try
        {
            T description = JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException("it is null");
            validate?.Invoke(description);
            return description;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or FormatException or OverflowException
            or InvalidOperationException or InvalidCastException)
        {
            throw new InvalidDataException($"its description is damaged ({failure.Message.Split('\n')[0]})", failure);
        }
    }
}
