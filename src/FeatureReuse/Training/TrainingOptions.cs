using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FeatureReuse.Training;

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
    public double PullToStart { get; init; }

    /// <summary>
    /// Factors of the learning rate by layer name, so that early layers can change less than late ones (discriminative learning rates, Howard and Ruder 2018,
    /// arXiv 1801.06146). 0 freezes a layer, its running statistics too. Layers that are not named have 1. Default none; each 0 to 1000.
    /// </summary>
    public IReadOnlyDictionary<string, double> LayerLearningRates { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>
    /// Gradual unfreezing: training begins with the readout alone, and after every so many epochs the layer before joins (Howard and Ruder 2018,
    /// arXiv 1801.06146). Default null: all layers from the start. 1 to 1,000,000.
    /// </summary>
    public int? EpochsPerUnfreezing { get; init; }

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

    /// <summary>Ends the training at the next step. Default none.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Require.Defined(Optimizer, nameof(Optimizer));
        Require.Positive(LearningRate, 100, nameof(LearningRate));
        Require.InRange(Momentum, 0, .9999, nameof(Momentum));
        Require.InRange(WeightDecay, 0, 1, nameof(WeightDecay));
        Require.InRange(PullToStart, 0, 10, nameof(PullToStart));
        foreach ((string layer, double factor) in Require.NotNull(LayerLearningRates))
        {
            Require.InRange(factor, 0, 1000, $"{nameof(LayerLearningRates)}[\"{layer}\"]");
        }
        Require.InRange(EpochsPerUnfreezing ?? 1, 1, 1_000_000, nameof(EpochsPerUnfreezing));
        Require.Defined(Schedule, nameof(Schedule));
        Require.InRange(BatchSize, 2, 65_536, nameof(BatchSize));
        Require.InRange(MaximumEpochs, 1, 1_000_000, nameof(MaximumEpochs));
        Require.InRange(LossThreshold, 0, 1e6, nameof(LossThreshold));
        Require.InRange(ValidationFraction, 0, .9, nameof(ValidationFraction));
        Require.InRange(Patience, 1, 1_000_000, nameof(Patience));
        Require.NotNull(ClassWeights);
        Require.InRange(Threads ?? 1, 1, 1024, nameof(Threads));
    }
}
