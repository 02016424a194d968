using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>PT+FT: copies a pretrained network, rescales its weights, adds a head for the task and trains all of it.</summary>
/// <remarks>
/// Input: an image column of the shape that the network takes, and a label key with values. Output: see
/// <see cref="NetworkTransformer"/>. The pretrained network stays as it was and must not be disposed before Fit returns.
/// Source: Lippl and Lindsey, arXiv 2310.02396.
/// </remarks>
public sealed class FinetuneEstimator : ClassifierEstimator
{
    private readonly NetworkTransformer _pretrained;
    private readonly FinetuneOptions _options;

    internal FinetuneEstimator(IHostEnvironment environment, NetworkTransformer pretrained, FinetuneOptions options)
        : base(environment, "FeatureReuse.Finetune", options.LabelColumnName,
            new ScoringColumns(options.ImageColumnName, options.ScoreColumnName, options.PredictedLabelColumnName), Require.NotNull(pretrained).Network.Input, options.Training)
    {
        Require.NotNull(options.Rescaling, nameof(options.Rescaling)).Validate();
        foreach (Rescaling candidate in options.Rescaling.Candidates)
            candidate.RequireLayers(pretrained.Network);
        Require.NotEmpty(options.TaskName, nameof(options.TaskName));
        options.LinearProbe?.Validate();
        options.Signatures?.Validate();
        _pretrained = pretrained;
        _options = options;
    }

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions options)
    {
        TrainedClassifier finetuned = Finetune(images, options);
        if (_options.Signatures is not { } signatures)
            return finetuned;
        try
        {
            IReadOnlyList<LayerSignature> table = LayerComparison.Compare(_pretrained.Classifier, finetuned, images, signatures with { CancellationToken = options.CancellationToken });
            return finetuned.WithLastRun(run => run with { Signatures = table });
        }
        catch
        {
            finetuned.Dispose();
            throw;
        }
    }

    private protected override TrainedClassifier TrainOnce(ImageStore images, TrainingOptions options)
        => FeatureTransfer.Finetune(_pretrained.Classifier, images, _options.Rescaling.NearestToOne, options, _options.TaskName);

    private TrainedClassifier Finetune(ImageStore images, TrainingOptions options)
        => _options.LinearProbe is not { } probe
            ? FeatureTransfer.Finetune(_pretrained.Classifier, images, _options.Rescaling, options, _options.TaskName)
            : FeatureTransfer.LinearProbeThenFinetune(_pretrained.Classifier, images, _options.Rescaling,
                probe with { Seed = probe.Seed ?? options.Seed, Progress = probe.Progress ?? options.Progress, CancellationToken = options.CancellationToken },
                options, _options.TaskName);
}
