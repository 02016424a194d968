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

    /// <summary>Holds the options in the order of the files; properties have the present names.</summary>
    private sealed class FlatOptions
    {
        public Optimizer Optimizer { get; init; }
        public double LearningRate { get; init; }
        public double Momentum { get; init; }
        public double WeightDecay { get; init; }
        [JsonPropertyName("PullToStart")] public double L2SP { get; init; }
        [JsonPropertyName("LayerLearningRates")] public IReadOnlyDictionary<string, double> LayerLearningRateFactors { get; init; }
        [JsonPropertyName("EpochsPerUnfreezing")] public int? GradualUnfreezingEpochs { get; init; }
        public LearningRateSchedule Schedule { get; init; }
        public int BatchSize { get; init; }
        public int MaximumEpochs { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? MaximumSteps { get; init; }
        public double LossThreshold { get; init; }
        public double ValidationFraction { get; init; }
        public int Patience { get; init; }
        public Augmentation? Augmentation { get; init; }
        public double LabelSmoothing { get; init; }
        [JsonPropertyName("AverageDecay")] public double? EmaDecay { get; init; }
        [JsonPropertyName("MaximumGradientNorm")] public double? GradientClipNorm { get; init; }
        public Precision Precision { get; init; }
        public ClassWeights ClassWeights { get; init; }
        public ComputeDevice Device { get; init; }
        public int? Threads { get; init; }
        public int? Seed { get; init; }

        /// <summary>Holds the defaults, for what a file does not have.</summary>
        public FlatOptions() : this(new TrainingOptions())
        {
        }

        public FlatOptions(TrainingOptions o)
        {
            EarlyStoppingOptions stopping = o.EarlyStopping ?? new() { ValidationFraction = 0 };
            (Optimizer, LearningRate, Momentum, Schedule) = (o.Optimizer, o.LearningRate, o.Momentum, o.Schedule);
            (LayerLearningRateFactors, GradualUnfreezingEpochs) = (o.LayerLearningRateFactors, o.GradualUnfreezingEpochs);
            (BatchSize, MaximumEpochs, MaximumSteps, LossThreshold) = (o.BatchSize, o.MaximumEpochs, o.MaximumSteps, o.LossThreshold);
            (WeightDecay, L2SP, LabelSmoothing) = (o.Regularization.WeightDecay, o.Regularization.L2SP, o.Regularization.LabelSmoothing);
            (EmaDecay, GradientClipNorm) = (o.Regularization.EmaDecay, o.Regularization.GradientClipNorm);
            (ValidationFraction, Patience, Augmentation) = (stopping.ValidationFraction, stopping.Patience, o.Augmentation);
            (Precision, ClassWeights, Device, Threads, Seed) = (o.Precision, o.ClassWeights, o.Device, o.Threads, o.Seed);
        }

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
