using System.IO.Hashing;
using System.Text.Json.Nodes;

namespace FeatureReuse;

/// <summary>
/// What a run must have in common with the interrupted run that it continues: options aside from device, threads and listeners, and
/// checksums of the images and labels of all tasks and of the weights before the first step.
/// </summary>
internal sealed record CheckpointIdentity(
    string LibraryVersion, string Kind, int Seed, TrainingOptions Options, string Images, string StartingWeights)
{
    public static CheckpointIdentity Create(
        string kind, int seed, TrainingOptions options, IEnumerable<ImageStore> images, nn.Module module)
    {
        var content = new Crc32(Crc32ParameterSet.Crc32C);
        foreach (ImageStore store in images)
            store.AddTo(content);
        return new(FeatureReuse.LibraryVersion.Current, kind, seed, options.Kept(seed) with { Device = default, Threads = null },
            Hex(content.GetCurrentHashAsUInt32()), Hex(SafeTensors.ChecksumOf(NamedTensor.AllOf(module))));
    }

    /// <summary>Requires that a saved run is this one; <paramref name="place"/> is where it was found.</summary>
    /// <exception cref="InvalidOperationException">It is another one; the message lists the differences.</exception>
    public void RequireSame(CheckpointIdentity saved, string place)
    {
        string[] differences = [.. Compare(Json(saved), Json(this))];
        if (differences.Length > 0)
        {
            throw new InvalidOperationException($"{place} holds a checkpoint of another run: {string.Join("; ", differences)}. "
                + $"Complete that run, delete its folder, or give this run another {nameof(CheckpointOptions.Folder)}.");
        }
    }

    private static JsonObject Json(CheckpointIdentity identity) => JsonSerializer.SerializeToNode(identity, ModelJson.Format)!.AsObject();

    private static IEnumerable<string> Compare(JsonObject before, JsonObject now) => now.SelectMany(property
        => property.Value is JsonObject inner && property.Key == nameof(Options) && before[property.Key] is JsonObject old
            ? Compare(old, inner)
            : JsonNode.DeepEquals(before[property.Key], property.Value) ? []
            : [$"{TrainingOptionsConverter.NameOf(property.Key)} was {Text(before[property.Key])} and is {Text(property.Value)}"]);

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
    private static string Hex(uint value) => value.ToString("x8", CultureInfo.InvariantCulture);
}
