using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureReuse;

/// <summary>Writes the record of any step with the same properties, most of them null, in the layout of the first version of the format.</summary>
internal sealed class RunRecordConverter : JsonConverter<RunRecord>
{
    private static readonly (TrainingKind Kind, string Name)[] Trainings =
    [
        (TrainingKind.Pretraining, "pretrain"),
        (TrainingKind.MultiTask, "multi-task"),
        (TrainingKind.Finetuning, "finetune"),
        (TrainingKind.LinearProbe, "linear probe"),
        (TrainingKind.ContinuedTraining, "continue"),
    ];

    public override bool HandleNull => true;

    /// <summary>Returns the name of a kind of training in files.</summary>
    public static string NameOf(TrainingKind kind) => Trainings.Single(training => training.Kind == kind).Name;

    public override RunRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Flat flat = JsonSerializer.Deserialize<Flat>(ref reader, options) ?? throw new JsonException("a run is null");
        RunRecord record = flat.Kind switch
        {
            "rescale" => new RescalingRun(flat.Rescaling) { Device = flat.Device },
            "calibrate" => new CalibrationRun(flat.Task, flat.RowCount, flat.Temperature ?? throw new JsonException("a calibration has no temperature"))
            {
                Device = flat.Device,
            },
            "import" => new ImportRun(flat.Task) { Device = flat.Device },
            _ => TrainingOf(flat),
        };
        return record with { LibraryVersion = flat.LibraryVersion, Threads = flat.Threads };
    }

    public override void Write(Utf8JsonWriter writer, RunRecord value, JsonSerializerOptions options)
    {
        var training = value as TrainingRun;
        (string task, int rowCount, int seed) = value.Details;
        JsonSerializer.Serialize(writer, new Flat(value.Name, task, rowCount, training?.Options, value.WeightRescaling, seed, value.Device, value.Threads,
            value.LibraryVersion, training?.History, training?.Candidates, training?.TaskMixing, training?.Signatures, (value as CalibrationRun)?.Temperature), options);
    }

    private static TrainingRun TrainingOf(Flat flat) => new()
    {
        Kind = Trainings.Any(training => training.Name == flat.Kind) ? Trainings.Single(training => training.Name == flat.Kind).Kind
            : throw new JsonException($"a run is of the unknown kind '{flat.Kind}'"),
        Task = flat.Task,
        RowCount = flat.RowCount,
        Options = flat.Options ?? throw new JsonException("a training has no options"),
        Seed = flat.Seed,
        Rescaling = flat.Rescaling,
        History = flat.History ?? throw new JsonException("a training has no history"),
        Device = flat.Device,
        Candidates = flat.Candidates,
        TaskMixing = flat.MultiTask,
        Signatures = flat.Signatures,
    };

    private sealed record Flat(string Kind, string Task, int RowCount, TrainingOptions? Options, Rescaling Rescaling, int Seed, string Device, int Threads,
        string LibraryVersion, TrainingHistory? History, IReadOnlyList<RescalingCandidate>? Candidates = null, TaskMixingOptions? MultiTask = null,
        IReadOnlyList<LayerSignature>? Signatures = null, double? Temperature = null);
}
