using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>MTL: trains a new network on the main task, whose rows Fit gets, and on an auxiliary task, whose rows the options hold, together.</summary>
/// <remarks>
/// Input: an image column, Vector&lt;Byte&gt; or Vector&lt;Single&gt;, and a label key with values, in both data. Output: the main task's, see
/// <see cref="NetworkTransformer"/>. Source: Lippl and Lindsey, arXiv 2310.02396.
/// </remarks>
public sealed class MultiTaskEstimator : ClassifierEstimator
{
    private readonly MultiTaskOptions _options;

    internal MultiTaskEstimator(IHostEnvironment environment, MultiTaskOptions options)
        : base(environment, "FeatureReuse.TrainMultiTask", options.LabelColumnName,
            new ScoringColumns(options.ImageColumnName, options.ScoreColumnName, options.PredictedLabelColumnName), options.ImageShape, options.Training)
    {
        Require.NotNull(options.Auxiliary, nameof(options.Auxiliary));
        Require.NotEmpty(options.AuxiliaryLabelColumnName, nameof(options.AuxiliaryLabelColumnName));
        Require.NotNull(options.Architecture, nameof(options.Architecture));
        Require.NotNull(options.Normalization, nameof(options.Normalization)).Validate();
        Require.NotNull(options.Mixing, nameof(options.Mixing)).Validate();
        _options = options;
    }

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions options)
    {
        IDataView auxiliary = _options.Auxiliary;
        ImageColumn column = ImageColumn.From(auxiliary.Schema, _options.AuxiliaryImageColumnName ?? _options.ImageColumnName, images.Shape);
        ClassKeys classes = ClassKeys.From(ImageColumn.RequireColumn(auxiliary.Schema, _options.AuxiliaryLabelColumnName));
        ImageStore store = ImageReader.Read(auxiliary, column, _options.AuxiliaryLabelColumnName, classes, options.CancellationToken);
        return FeatureTransfer.TrainMultiTask(images, store, _options.Architecture, _options.Normalization, _options.Mixing, options);
    }
}
