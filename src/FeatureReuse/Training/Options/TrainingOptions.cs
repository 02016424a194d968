using System.Collections.Immutable;

namespace FeatureReuse;

/// <summary>Configures the training of a network. The defaults are those of Lippl and Lindsey (arXiv 2310.02396) for ResNet-18.</summary>
[JsonConverter(typeof(TrainingOptionsConverter))]
public sealed record TrainingOptions
{
    /// <summary>Gets the optimiser. Default <see cref="Optimizer.Sgd"/>.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Sgd;

    /// <summary>Gets the learning rate, which is the highest of the schedule. Default .001; above 0, at most 100.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Gets the momentum of <see cref="Optimizer.Sgd"/>. Default .9; 0 to .9999.</summary>
    public double Momentum { get; init; } = .9;

    /// <summary>Gets how the learning rate changes during the run. Default <see cref="LearningRateSchedule.Constant"/>.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Gets factors of the learning rate by layer name, so that early layers can change less than late ones (discriminative learning rates,
    /// Howard and Ruder 2018, arXiv 1801.06146). A factor of 0 freezes a layer with its running statistics. Other layers have the factor 1.
    /// Default none; each 0 to 1000.
    /// </summary>
    public IReadOnlyDictionary<string, double> LayerLearningRateFactors { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>
    /// Gets the number of epochs after which gradual unfreezing adds the next layer: training begins with the readout alone and proceeds
    /// towards the input (Howard and Ruder 2018, arXiv 1801.06146). Default null: all layers train from the start. 1 to 1,000,000.
    /// </summary>
    public int? GradualUnfreezingEpochs { get; init; }

    /// <summary>Gets the number of images per step. Default 128; 2 to 65,536. A smaller data set is one batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Gets the largest number of passes over the training images. Default 1000; 1 to 1,000,000.</summary>
    public int MaximumEpochs { get; init; } = 1000;

    /// <summary>Gets the largest number of steps in all. Default null: only <see cref="MaximumEpochs"/> counts. 1 or more.</summary>
    public long? MaximumSteps { get; init; }

    /// <summary>Gets the mean loss of an epoch below which training stops, in nats. Default .01; 0 never stops.</summary>
    public double LossThreshold { get; init; } = .01;

    /// <summary>Gets how much each class counts in the loss. Default <see cref="ClassWeights.Uniform"/>.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.Uniform;

    /// <summary>Gets weight decay, L2-SP, label smoothing, gradient clipping and averaging of weights. By default none.</summary>
    public RegularizationOptions Regularization { get; init; } = new();

    /// <summary>
    /// Gets random changes of the training images, for when there are few. A linear probe, which computes its features once, refuses it.
    /// Default null: images are not changed.
    /// </summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Gets validation with early stopping. Default null: all images are trained on, and the last weights are kept.</summary>
    public EarlyStoppingOptions? EarlyStopping { get; init; }

    /// <summary>Gets the precision of the forward and backward passes. Default <see cref="Precision.Float32"/>.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Gets the device. Default <see cref="ComputeDevice.Auto"/>.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>
    /// Gets the number of libtorch's threads on the processor, set for the whole process. Results are bit-identical for the same number.
    /// Default null: unchanged, which is OMP_NUM_THREADS or the number of processors. 1 to 1024.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Gets the seed of initial weights, data order, augmentation and validation split. Default null: the seed of the MLContext, or a
    /// random one, which the model keeps.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>Gets where to save the state of the run. Default null: the state is not saved.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Gets the receiver of progress, called after every step on the training thread. Default null.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Gets the token that stops the training before the next step. Default none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Returns the factor of a layer's learning rate.</summary>
    internal double FactorOf(string layer) => LayerLearningRateFactors.GetValueOrDefault(layer, 1);

    /// <summary>Returns what a model keeps of these options: no listener and no token, which must not live as long as the model.</summary>
    internal TrainingOptions Kept(int seed) => this with { Seed = seed, Progress = null, CancellationToken = default, Checkpoint = null };

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Require.Defined(Optimizer, nameof(Optimizer));
        Require.Positive(LearningRate, 100, nameof(LearningRate));
        Require.InRange(Momentum, 0, .9999, nameof(Momentum));
        Require.Defined(Schedule, nameof(Schedule));
        foreach ((string layer, double factor) in Require.NotNull(LayerLearningRateFactors))
            Require.InRange(factor, 0, 1000, $"{nameof(LayerLearningRateFactors)}[\"{layer}\"]");
        Require.InRange(GradualUnfreezingEpochs ?? 1, 1, 1_000_000, nameof(GradualUnfreezingEpochs));
        Require.InRange(BatchSize, 2, 65_536, nameof(BatchSize));
        Require.InRange(MaximumEpochs, 1, 1_000_000, nameof(MaximumEpochs));
        Require.InRange(MaximumSteps ?? 1, 1, long.MaxValue, nameof(MaximumSteps));
        Require.InRange(LossThreshold, 0, 1e6, nameof(LossThreshold));
        Require.NotNull(ClassWeights);
        Require.NotNull(Regularization).Validate();
        Augmentation?.Validate();
        EarlyStopping?.Validate();
        Require.Defined(Precision, nameof(Precision));
        Require.InRange(Threads ?? 1, 1, 1024, nameof(Threads));
        Checkpoint?.Validate();
    }
}
