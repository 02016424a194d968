namespace FeatureReuse;

/// <summary>Describes a training run.</summary>
/// <param name="Kind">The purpose of the run.</param>
/// <param name="Task">The name of the head that was trained.</param>
/// <param name="RowCount">The number of labelled images.</param>
/// <param name="Options">The options.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Rescaling">The rescaling applied to the weights before the training.</param>
/// <param name="History">The history of the training.</param>
public sealed record TrainingRun(TrainingKind Kind, string Task, int RowCount, TrainingOptions Options, int Seed, Rescaling Rescaling,
    TrainingHistory History) : RunRecord(Task, RowCount, Seed, Rescaling)
{
    /// <summary>Gets the candidates that the rescaling was chosen from; null if it was given.</summary>
    public IReadOnlyList<RescalingCandidate>? Candidates { get; init; }

    /// <summary>Gets how two tasks shared the training, with the weight that was used; null if one task was trained.</summary>
    public TaskMixingOptions? TaskMixing { get; init; }

    /// <summary>Gets how the run changed the features of each layer, on its training images; null if that was not requested.</summary>
    public IReadOnlyList<LayerSignature>? Signatures { get; init; }

    internal override string Name => RunRecordConverter.NameOf(Kind);
}
