namespace FeatureReuse;

/// <summary>Configures both phases of <see cref="FeatureTransfer.LinearProbeThenFinetune"/>.</summary>
/// <param name="LinearProbe">How to train the readout. Without a seed or threads of its own, this phase has those of finetuning.</param>
/// <param name="Finetuning">How to train all parameters; its seed also draws a new head, and it has the checkpoint folder.</param>
public sealed record LinearProbeThenFinetuneOptions(TrainingOptions LinearProbe, TrainingOptions Finetuning);
