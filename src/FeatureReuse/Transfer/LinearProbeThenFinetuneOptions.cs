namespace FeatureReuse;

/// <summary>Configures both phases of <see cref="FeatureTransfer.LinearProbeThenFinetune"/>.</summary>
/// <param name="LinearProbe">How to train the readout. Without a seed of its own, this phase has that of finetuning.</param>
/// <param name="Finetuning">
/// How to train all parameters. Its device, threads, checkpoint folder, listener and token are those of both phases; its seed also draws a
/// new head.
/// </param>
public sealed record LinearProbeThenFinetuneOptions(TrainingOptions LinearProbe, TrainingOptions Finetuning);
