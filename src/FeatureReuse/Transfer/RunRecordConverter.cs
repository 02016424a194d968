namespace FeatureReuse;

/// <summary>Writes every step with the same properties, null where the step has none: the layout of the first format.</summary>
internal sealed class RunRecordConverter : JsonConverter<RunRecord>
{
    /// <summary>The names of the kinds of training, in their order.</summary>
    private static readonly string[] Trainings = ["pretrain", "multi-task", "finetune", "linear probe", "continue"];

    public override bool HandleNull => true;

    public static string NameOf(TrainingKind kind) => Trainings[(int)kind];

    public override RunRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Flat flat = JsonSerializer.Deserialize<Flat>(ref reader, options) ?? throw new JsonException("a run is null");
        RunRecord record = flat switch
        {
            { Kind: "rescale" } => new RescalingRun(flat.Rescaling) { Device = flat.Device },
            { Kind: "import" } => new ImportRun(flat.Task) { Device = flat.Device },
            { Kind: "calibrate", Temperature: { } by } => new CalibrationRun(flat.Task, flat.RowCount, by) { Device = flat.Device },
            { Options: { } how, History: { } history } when Array.IndexOf(Trainings, flat.Kind) is var kind and >= 0
                => new TrainingRun((TrainingKind)kind, flat.Task, flat.RowCount, how, flat.Seed, flat.Rescaling, history)
                {
                    Device = flat.Device, Candidates = flat.Candidates, TaskMixing = flat.MultiTask, Signatures = flat.Signatures,
                },
            _ => throw new JsonException($"a run of kind '{flat.Kind}' is unknown or incomplete"),
        };
        return record with { LibraryVersion = flat.LibraryVersion, Threads = flat.Threads };
    }

    public override void Write(Utf8JsonWriter writer, RunRecord value, JsonSerializerOptions options)
    {
        var training = value as TrainingRun;
        JsonSerializer.Serialize(writer, new Flat(value.Name, value.Task, value.RowCount, training?.Options, value.Rescaling, value.Seed,
            value.Device, value.Threads, value.LibraryVersion, training?.History, training?.Candidates, training?.TaskMixing,
            training?.Signatures, (value as CalibrationRun)?.Temperature), options);
    }

    private sealed record Flat(string Kind, string Task, int RowCount, TrainingOptions? Options, Rescaling Rescaling, int Seed,
        string Device, int Threads, string LibraryVersion, TrainingHistory? History, IReadOnlyList<RescalingCandidate>? Candidates = null,
        TaskMixingOptions? MultiTask = null, IReadOnlyList<LayerSignature>? Signatures = null, double? Temperature = null);
}
