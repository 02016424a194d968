using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FeatureReuse;

/// <summary>What a run must have in common with the one that it goes on with.</summary>
/// <param name="LibraryVersion">The version of this library.</param>
/// <param name="Kind">"finetune" and so on.</param>
/// <param name="Seed">The seed used.</param>
/// <param name="Options">How it is trained, but for device, threads and listeners.</param>
/// <param name="Images">A checksum of the images and labels of all tasks.</param>
/// <param name="StartingWeights">A checksum of the weights before the first step.</param>
internal sealed record CheckpointIdentity(string LibraryVersion, string Kind, int Seed, TrainingOptions Options, string Images, string StartingWeights)
{
    public static CheckpointIdentity Create(string kind, int seed, TrainingOptions options, IEnumerable<ImageStore> images, torch.nn.Module module)
    {
        var content = new Checksum();
        foreach (ImageStore store in images)
            store.AddTo(ref content);
        return new(FeatureReuse.LibraryVersion.Current, kind, seed, options.Kept(seed) with { Device = default, Threads = null },
            Hex(content.Value), Hex(SafeTensors.ChecksumOf(NamedTensor.AllOf(module))));
    }

    /// <summary>What differs, for a message: "LearningRate was 0.1 and is 0.01"; null if nothing does.</summary>
    public string? DifferenceFrom(CheckpointIdentity kept)
    {
        IEnumerable<string> differences = Compare(Json(kept), Json(this));
        return differences.Any() ? string.Join("; ", differences) : null;
    }

    private static JsonObject Json(CheckpointIdentity identity) => JsonSerializer.SerializeToNode(identity, ClassifierDescription.Format)!.AsObject();

    private static IEnumerable<string> Compare(JsonObject before, JsonObject now)
        => now.SelectMany(property => property.Value is JsonObject inner && before[property.Key] is JsonObject old && property.Key == nameof(Options) ? Compare(old, inner)
            : JsonNode.DeepEquals(before[property.Key], property.Value) ? []
            : [$"{property.Key} was {before[property.Key]?.ToJsonString() ?? "null"} and is {property.Value?.ToJsonString() ?? "null"}"]);

    private static string Hex(uint value) => value.ToString("x8", CultureInfo.InvariantCulture);
}
