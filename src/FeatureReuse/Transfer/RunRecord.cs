namespace FeatureReuse;

/// <summary>One step in the making of a classifier, with all that is needed to repeat it.</summary>
/// <param name="Kind">"pretrain", "multi-task", "finetune", "continue", "linear probe", "rescale", "calibrate" or "import".</param>
/// <param name="Task">The name of the head trained; empty for a rescaling.</param>
/// <param name="RowCount">The number of labelled images; 0 for a rescaling.</param>
/// <param name="Options">How it was trained; null for a rescaling.</param>
/// <param name="Rescaling">By what the weights were multiplied first.</param>
/// <param name="Seed">The seed used.</param>
/// <param name="Device">The device used.</param>
/// <param name="Threads">libtorch's number of threads; on the processor the same number gives the same bits.</param>
/// <param name="LibraryVersion">The version of this library.</param>
/// <param name="History">How the training went; null for a rescaling.</param>
/// <param name="Candidates">What the rescaling was chosen from; null where it was given.</param>
/// <param name="MultiTask">How two tasks shared the training, with the weight used; null where one was trained.</param>
/// <param name="Signatures">How the run changed the features of each layer, on its training images; null where it was not asked for.</param>
/// <param name="Temperature">By what a calibration divided the logits; null for other steps.</param>
public sealed record RunRecord(
    string Kind,
    string Task,
    int RowCount,
    TrainingOptions? Options,
    Rescaling Rescaling,
    int Seed,
    string Device,
    int Threads,
    string LibraryVersion,
    TrainingHistory? History,
    IReadOnlyList<RescalingCandidate>? Candidates = null,
    TaskMixingOptions? MultiTask = null,
    IReadOnlyList<LayerSignature>? Signatures = null,
    double? Temperature = null);
