namespace FeatureReuse;

/// <summary>
/// Copies a pretrained network, rescales its weights, adds a head for the task and trains all parameters. Source: Lippl and Lindsey, arXiv
/// 2310.02396.
/// </summary>
public sealed class FinetuneEstimator : ClassifierEstimator
{
    private readonly NetworkTransformer _pretrained;
    private readonly FinetuneOptions _options;

    internal FinetuneEstimator(IHostEnvironment environment, NetworkTransformer pretrained, FinetuneOptions options)
        : base(environment, "FeatureReuse.Finetune", options, Require.NotNull(pretrained).Network.Input)
    {
        foreach (Rescaling candidate in options.Rescaling.Candidates)
            candidate.RequireLayers(pretrained.Network);
        (_pretrained, _options) = (pretrained, options);
    }

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions training)
    {
        TrainedClassifier finetuned = Finetune(images, training);
        if (_options.Signatures is not { } signatures)
            return finetuned;
        return TrainedClassifier.Complete(finetuned.Network, () => finetuned.With(FeatureTransfer.CompareLayers(
            _pretrained.Classifier, finetuned, images, signatures with { CancellationToken = training.CancellationToken })));
    }

    /// <summary>Finetunes with one rescaling, and without a linear probe before.</summary>
    private protected override TrainedClassifier TrainOnce(ImageStore images, TrainingOptions training)
    {
        Rescaling nearestToOne = _options.Rescaling.Candidates.MinBy(candidate => candidate.DistanceFromOne)!;
        return FeatureTransfer.Finetune(_pretrained.Classifier, images, nearestToOne, training, _options.TaskName);
    }

    private TrainedClassifier Finetune(ImageStore images, TrainingOptions training)
    {
        (TrainedClassifier pretrained, RescalingChoice rescaling) = (_pretrained.Classifier, _options.Rescaling);
        if (_options.LinearProbe is not { } probe)
            return FeatureTransfer.Finetune(pretrained, images, rescaling, training, _options.TaskName);
        probe = probe with { Progress = probe.Progress ?? training.Progress, CancellationToken = training.CancellationToken };
        return FeatureTransfer.LinearProbeThenFinetune(pretrained, images, rescaling, new(probe, training), _options.TaskName);
    }
}
