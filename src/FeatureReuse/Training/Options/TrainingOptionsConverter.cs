using System.Reflection;

namespace FeatureReuse;

/// <summary>Reads and writes the options that a model file keeps, as one flat object in which groups are not nested.</summary>
internal sealed class TrainingOptionsConverter : JsonConverter<TrainingOptions>
{
    public override TrainingOptions? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => JsonSerializer.Deserialize<FlatOptions>(ref reader, options)?.ToOptions();

    public override void Write(Utf8JsonWriter writer, TrainingOptions value, JsonSerializerOptions options)
        => JsonSerializer.Serialize(writer, new FlatOptions(value), options);

    /// <summary>Returns an option's present name, given its name in files.</summary>
    public static string NameOf(string inFiles) => typeof(FlatOptions).GetProperties()
        .FirstOrDefault(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name == inFiles)?.Name ?? inFiles;

    /// <summary>Holds the options in the order of the files, under their present names; a file that lacks one has the default.</summary>
    private sealed class FlatOptions(TrainingOptions o)
    {
        [JsonConstructor]
        public FlatOptions() : this(new TrainingOptions())
        {
        }

        public Optimizer Optimizer { get; init; } = o.Optimizer;
        public double LearningRate { get; init; } = o.LearningRate;
        public double Momentum { get; init; } = o.Momentum;
        public double WeightDecay { get; init; } = o.Regularization.WeightDecay;
        [JsonPropertyName("PullToStart")] public double L2SP { get; init; } = o.Regularization.L2SP;
        [JsonPropertyName("LayerLearningRates")]
        public IReadOnlyDictionary<string, double> LayerLearningRateFactors { get; init; } = o.LayerLearningRateFactors;
        [JsonPropertyName("EpochsPerUnfreezing")] public int? GradualUnfreezingEpochs { get; init; } = o.GradualUnfreezingEpochs;
        public LearningRateSchedule Schedule { get; init; } = o.Schedule;
        public int BatchSize { get; init; } = o.BatchSize;
        public int MaximumEpochs { get; init; } = o.MaximumEpochs;
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? MaximumSteps { get; init; } = o.MaximumSteps;
        public double LossThreshold { get; init; } = o.LossThreshold;
        public double ValidationFraction { get; init; } = o.EarlyStopping?.ValidationFraction ?? 0;
        public int Patience { get; init; } = (o.EarlyStopping ?? new()).Patience;
        public Augmentation? Augmentation { get; init; } = o.Augmentation;
        public double LabelSmoothing { get; init; } = o.Regularization.LabelSmoothing;
        [JsonPropertyName("AverageDecay")] public double? EmaDecay { get; init; } = o.Regularization.EmaDecay;
        [JsonPropertyName("MaximumGradientNorm")] public double? GradientClipNorm { get; init; } = o.Regularization.GradientClipNorm;
        public Precision Precision { get; init; } = o.Precision;
        public ClassWeights ClassWeights { get; init; } = o.ClassWeights;
        public ComputeDevice Device { get; init; } = o.Device;
        public int? Threads { get; init; } = o.Threads;
        public int? Seed { get; init; } = o.Seed;

        public TrainingOptions ToOptions() => new()
        {
            Optimizer = Optimizer, LearningRate = LearningRate, Momentum = Momentum, Schedule = Schedule,
            LayerLearningRateFactors = LayerLearningRateFactors, GradualUnfreezingEpochs = GradualUnfreezingEpochs,
            BatchSize = BatchSize, MaximumEpochs = MaximumEpochs, MaximumSteps = MaximumSteps, LossThreshold = LossThreshold,
            Regularization = new()
            {
                WeightDecay = WeightDecay, L2SP = L2SP, LabelSmoothing = LabelSmoothing,
                EmaDecay = EmaDecay, GradientClipNorm = GradientClipNorm,
            },
            EarlyStopping = ValidationFraction == 0 ? null : new() { ValidationFraction = ValidationFraction, Patience = Patience },
            Augmentation = Augmentation, Precision = Precision, ClassWeights = ClassWeights,
            Device = Device, Threads = Threads, Seed = Seed,
        };
    }
}
