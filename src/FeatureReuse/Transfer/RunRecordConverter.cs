namespace FeatureReuse;

/// <summary>
/// Writes the record of every step with the same properties, null where the step has none: the layout of the first format.
/// </summary>
internal sealed class RunRecordConverter : JsonConverter<RunRecord>
{
    private static readonly Dictionary<string, TrainingKind> Kinds = new()
    {
        ["pretrain"] = TrainingKind.Pretraining,
        ["multi-task"] = TrainingKind.MultiTask,
        ["finetune"] = TrainingKind.Finetuning,
        ["linear probe"] = TrainingKind.LinearProbe,
        ["continue"] = TrainingKind.ContinuedTraining,
    };

    public override bool HandleNull => true;

    /// <summary>Returns the name of a kind of training in files.</summary>
    public static string NameOf(TrainingKind kind) => Kinds.Single(entry => entry.Value == kind).Key;

    public override RunRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Flat flat = JsonSerializer.Deserialize<Flat>(ref reader, options) ?? throw new JsonException("a run is null");
        RunRecord record = flat switch
        {
            { Kind: "rescale" } => new RescalingRun(flat.Rescaling) { Device = flat.Device },
            { Kind: "calibrate", Temperature: { } temperature }
                => new CalibrationRun(flat.Task, flat.RowCount, temperature) { Device = flat.Device },
            { Kind: "import" } => new ImportRun(flat.Task) { Device = flat.Device },
            { Options: { } how, History: { } history } when Kinds.TryGetValue(flat.Kind, out TrainingKind kind)
                => new TrainingRun(kind, flat.Task, flat.RowCount, how, flat.Seed, flat.Rescaling, history)
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
        (string task, int rowCount, int seed) = value.Details;
        JsonSerializer.Serialize(writer, new Flat(value.Name, task, rowCount, training?.Options, value.WeightRescaling, seed, value.Device,
            value.Threads, value.LibraryVersion, training?.History, training?.Candidates, training?.TaskMixing, training?.Signatures,
            (value as CalibrationRun)?.Temperature), options);
    }

    private sealed record Flat(string Kind, string Task, int RowCount, TrainingOptions? Options, Rescaling Rescaling, int Seed,
        string Device, int Threads, string LibraryVersion, TrainingHistory? History, IReadOnlyList<RescalingCandidate>? Candidates = null,
        TaskMixingOptions? MultiTask = null, IReadOnlyList<LayerSignature>? Signatures = null, double? Temperature = null);
}
