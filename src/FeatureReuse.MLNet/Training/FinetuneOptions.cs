namespace FeatureReuse;

/// <summary>Configures <see cref="FeatureReuseCatalog.Finetune"/>.</summary>
public sealed record FinetuneOptions : ClassifierOptions
{
    /// <summary>
    /// Gets the factor that multiplies the pretrained weights before training, or the candidates to choose from: <c>Rescaling = 0.125f</c>,
    /// <c>Rescaling = RescalingChoice.PaperFactors</c>. Default 1; above 0, at most 1000. Smaller factors lead to a sparser selection of
    /// the pretrained features; the paper's are .125, .25, .5, 1 and 2.
    /// </summary>
    public RescalingChoice Rescaling { get; init; } = RescalingChoice.None;

    /// <summary>Gets the name of the head to train; a new head unless the network has it. Default "main".</summary>
    public string TaskName { get; init; } = FeatureTransfer.MainTask;

    /// <summary>
    /// Gets how to train the readout alone before all parameters (LP-FT), so that features are not distorted for a head that has learnt
    /// nothing (Kumar et al. 2022, arXiv 2202.10054). Device, threads, checkpoints, progress and token are those of <see
    /// cref="ClassifierOptions.Training"/>. Default null: all parameters from the start.
    /// </summary>
    public TrainingOptions? LinearProbe { get; init; }

    /// <summary>
    /// Gets how to compare every layer before and after on the training images; the model keeps the result in
    /// <see cref="TrainingRun.Signatures"/>. Default null: layers are not compared. For other images see
    /// <see cref="FeatureReuseCatalog.CompareLayers"/>.
    /// </summary>
    public SignatureOptions? Signatures { get; init; }

    internal ClassifierEstimator CreateEstimator(IHostEnvironment environment, NetworkTransformer pretrained)
    {
        var estimator = new ClassifierEstimator(environment, nameof(FeatureReuseCatalog.Finetune), this,
            Require.NotNull(pretrained).Network.Input, (images, training) => Train(pretrained.Classifier, images, training))
        {
            TrainOnce = (images, training) => FeatureTransfer.Finetune(pretrained.Classifier, images,
                Rescaling.Candidates.MinBy(candidate => candidate.DistanceFromOne)!, training, TaskName),
        };
        foreach (Rescaling candidate in Rescaling.Candidates)
            candidate.RequireLayers(pretrained.Network);
        return estimator;
    }

    private TrainedClassifier Train(TrainedClassifier pretrained, ImageStore images, TrainingOptions training)
    {
        TrainedClassifier finetuned = LinearProbe is null ? FeatureTransfer.Finetune(pretrained, images, Rescaling, training, TaskName)
            : FeatureTransfer.LinearProbeThenFinetune(pretrained, images, Rescaling, new(LinearProbe, training), TaskName);
        if (Signatures is not { } signatures)
            return finetuned;
        return Owned.Complete(finetuned.Network, () => finetuned.With(FeatureTransfer.CompareLayers(
            pretrained, finetuned, images, signatures with { CancellationToken = training.CancellationToken })));
    }

    internal override void Validate()
    {
        base.Validate();
        Require.NotNull(Rescaling).Validate();
        Require.NotEmpty(TaskName, nameof(TaskName));
        LinearProbe?.Validate();
        Signatures?.Validate();
    }
}
