namespace FeatureReuse;

/// <summary>Describes a training run.</summary>
public sealed record TrainingRun : RunRecord
{
    /// <summary>Gets what the run was for.</summary>
    public required TrainingKind Kind { get; init; }

    /// <summary>Gets the name of the head that was trained.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the number of labelled images.</summary>
    public required int RowCount { get; init; }

    /// <summary>Gets the options.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Gets the seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets by what the weights were multiplied before the training.</summary>
    public required Rescaling Rescaling { get; init; }

    /// <summary>Gets how the training went.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>Gets the candidates that the rescaling was chosen from; null if it was given.</summary>
    public IReadOnlyList<RescalingCandidate>? Candidates { get; init; }

    /// <summary>Gets how two tasks shared the training, with the weight that was used; null if one task was trained.</summary>
    public TaskMixingOptions? TaskMixing { get; init; }

    /// <summary>Gets how the run changed the features of each layer, measured on its training images; null if that was not asked for.</summary>
    public IReadOnlyList<LayerSignature>? Signatures { get; init; }

    internal override string Name => RunRecordConverter.NameOf(Kind);

    internal override (string Task, int RowCount, int Seed) Details => (Task, RowCount, Seed);

    internal override Rescaling WeightRescaling => Rescaling;
}
