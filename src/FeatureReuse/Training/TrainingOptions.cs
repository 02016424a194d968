using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FeatureReuse;

/// <summary>How a network is trained. The defaults are the paper's for ResNet-18 (Lippl and Lindsey, arXiv 2310.02396).</summary>
public sealed record TrainingOptions
{
    /// <summary>Default <see cref="Optimizer.Sgd"/>.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Sgd;

    /// <summary>The highest learning rate of the schedule. Default .001; above 0, at most 100.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Momentum of <see cref="Optimizer.Sgd"/>. Default .9; 0 to .9999.</summary>
    public double Momentum { get; init; } = .9;

    /// <summary>Weight decay. Default 0; 0 to 1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// L2-SP: pulls every parameter towards where the run started, by this strength times the distance, as weight decay pulls towards 0 (Li et al. 2018,
    /// arXiv 1802.01483). In finetuning that is the rescaled pretrained weight. Default 0; 0 to 10.
    /// </summary>
    [JsonPropertyName("PullToStart")]
    public double L2SP { get; init; }

    /// <summary>
    /// Factors of the learning rate by layer name, so that early layers can change less than late ones (discriminative learning rates, Howard and Ruder 2018,
    /// arXiv 1801.06146). 0 freezes a layer, its running statistics too. Layers that are not named have 1. Default none; each 0 to 1000.
    /// </summary>
    [JsonPropertyName("LayerLearningRates")]
    public IReadOnlyDictionary<string, double> LayerLearningRateFactors { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>
    /// Gradual unfreezing: training begins with the readout alone, and after every so many epochs the layer before joins (Howard and Ruder 2018,
    /// arXiv 1801.06146). Default null: all layers from the start. 1 to 1,000,000.
    /// </summary>
    [JsonPropertyName("EpochsPerUnfreezing")]
    public int? GradualUnfreezingEpochs { get; init; }

    /// <summary>Default <see cref="LearningRateSchedule.Constant"/>.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Images a step; all of them where there are fewer. Default 128; 2 to 65,536.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The most passes over the training images. Default 1000; 1 to 1,000,000.</summary>
    public int MaximumEpochs { get; init; } = 1000;

    /// <summary>Training ends when an epoch's mean loss falls below this. Default .01; 0 switches it off.</summary>
    public double LossThreshold { get; init; } = .01;

    /// <summary>
    /// The share of the training images held out, class by class, to watch for overfitting; the weights of the epoch with the lowest
    /// loss on them are kept. Default 0 (none); 0 to .9.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>With a validation split, training ends after this many epochs without a lower validation loss. Default 10; 1 to 1,000,000.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>
    /// Random changes of the training images, drawn anew each time. Use it where the training images are few and the network learns them by heart; not with a
    /// linear probe, which computes its features once. Default null: the images as they are.
    /// </summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>
    /// The share of each label that is spread over all classes (Szegedy et al. 2016, arXiv 1512.00567). Use .05 to .1 where labels may be wrong or probabilities are too
    /// sure; the loss then stays above 0, so that <see cref="LossThreshold"/> may never be reached. Default 0; 0 to .9.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Keeps an exponential moving average of the weights, which is what validation and the result use (Polyak and Juditsky 1992): at step t it keeps
    /// min(decay, (1 + t) / (10 + t)) of itself. Use .99 to .9999 where the loss jumps about at the end of training. Default null: the weights as they are. Above 0, below 1.
    /// </summary>
    [JsonPropertyName("AverageDecay")]
    public double? EmaDecay { get; init; }

    /// <summary>
    /// Shortens a step's gradient, taken over all parameters, to this Euclidean norm (Pascanu et al. 2013, arXiv 1211.5063). Use about 1 for transformers and for runs
    /// that diverge now and then. Default null: as it is. Above 0, at most 1e6.
    /// </summary>
    [JsonPropertyName("MaximumGradientNorm")]
    public double? GradientClipNorm { get; init; }

    /// <summary>
    /// The numbers that forward and backward passes compute with. Use <see cref="Precision.BFloat16"/> on GPUs that have it: half the memory and up to twice the speed.
    /// Default <see cref="Precision.Float32"/>.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Default <see cref="ClassWeights.Uniform"/>.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.Uniform;

    /// <summary>Where to train. Default <see cref="ComputeDevice.Auto"/>.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>
    /// libtorch's threads on the processor, for the whole process from here on; the same number gives the same bits. Default null: as it is,
    /// which is OMP_NUM_THREADS or else every processor that the process may use. 1 to 1024.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The seed of initial weights, data order and validation split. Default null: the seed of the MLContext, or a random one where that
    /// has none; the seed used is kept with the model.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>Is told of every step and every epoch, on the training thread. Default null.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Is called with every epoch's metrics, those of each class on the validation images among them, on the training thread. Default null.</summary>
    [JsonIgnore]
    public Action<EpochMetrics>? EpochCompleted { get; init; }

    /// <summary>
    /// Where to keep the state of the run, so that the same call goes on after a crash or a cancellation and ends with the same bits: weights, optimiser, place in
    /// schedule and data. One folder for one run; it is made if need be, and what the run left there is deleted when it has ended. Use it for runs that are worth more than a minute.
    /// Default null: nothing is kept.
    /// </summary>
    [JsonIgnore]
    public string? CheckpointFolder { get; init; }

    /// <summary>With a folder: keeps the state after every so many epochs. Default null: by <see cref="CheckpointInterval"/> alone. 1 to 1,000,000.</summary>
    [JsonIgnore]
    public int? CheckpointEpochs { get; init; }

    /// <summary>With a folder: keeps the state when so much time has passed, within epochs too. Default one minute; 0 to a day.</summary>
    [JsonIgnore]
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Ends the training at the next step. Default none.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>A range test: the learning rate rises to <see cref="LearningRate"/> over some steps, and then the run ends.</summary>
    [JsonIgnore]
    internal LearningRateSweep? Sweep { get; init; }

    /// <summary>What of these is kept with a model: neither listeners nor tokens, which must not live as long as it does.</summary>
    internal TrainingOptions Kept(int seed)
        => this with { Seed = seed, Progress = null, EpochCompleted = null, CancellationToken = default, CheckpointFolder = null, CheckpointEpochs = null, CheckpointInterval = TimeSpan.FromMinutes(1) };

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Require.Defined(Optimizer, nameof(Optimizer));
        Require.Positive(LearningRate, 100, nameof(LearningRate));
        Require.InRange(Momentum, 0, .9999, nameof(Momentum));
        Require.InRange(WeightDecay, 0, 1, nameof(WeightDecay));
        Require.InRange(L2SP, 0, 10, nameof(L2SP));
        foreach ((string layer, double factor) in Require.NotNull(LayerLearningRateFactors))
            Require.InRange(factor, 0, 1000, $"{nameof(LayerLearningRateFactors)}[\"{layer}\"]");
        Require.InRange(GradualUnfreezingEpochs ?? 1, 1, 1_000_000, nameof(GradualUnfreezingEpochs));
        Require.Defined(Schedule, nameof(Schedule));
        Require.InRange(BatchSize, 2, 65_536, nameof(BatchSize));
        Require.InRange(MaximumEpochs, 1, 1_000_000, nameof(MaximumEpochs));
        Require.InRange(LossThreshold, 0, 1e6, nameof(LossThreshold));
        Require.InRange(ValidationFraction, 0, .9, nameof(ValidationFraction));
        Require.InRange(Patience, 1, 1_000_000, nameof(Patience));
        Require.NotNull(ClassWeights);
        Augmentation?.Validate();
        Require.InRange(LabelSmoothing, 0, .9, nameof(LabelSmoothing));
        if (EmaDecay is { } decay && !(decay > 0 && decay < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(EmaDecay), decay, FormattableString.Invariant($"{nameof(EmaDecay)} is {decay}; it must be above 0 and below 1."));
        }
        Require.Positive(GradientClipNorm ?? 1, 1e6, nameof(GradientClipNorm));
        Require.Defined(Precision, nameof(Precision));
        if (CheckpointFolder is not null)
            Require.NotEmpty(CheckpointFolder, nameof(CheckpointFolder));
        Require.InRange(CheckpointEpochs ?? 1, 1, 1_000_000, nameof(CheckpointEpochs));
        Require.InRange(CheckpointInterval.TotalDays, 0, 1, nameof(CheckpointInterval));
        Require.InRange(Threads ?? 1, 1, 1024, nameof(Threads));
    }
}
