using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Continues the training of a network, on more images of its classes or of new ones, for which its head grows.</summary>
/// <remarks>
/// Input: an image column of the shape that the network takes, and a label key with values of the type that it was trained with. Output:
/// see <see cref="NetworkTransformer"/>; the classes are those of the label column, in their order, followed by those that only the network
/// knew. The network is not changed and must not be disposed before Fit returns.
/// </remarks>
public sealed class ContinueTrainingEstimator : ClassifierEstimator
{
    private readonly NetworkTransformer _trained;

    internal ContinueTrainingEstimator(IHostEnvironment environment, NetworkTransformer trained, ContinueTrainingOptions options)
        : base(environment, "FeatureReuse.ContinueTraining", options, Require.NotNull(trained).Network.Input) => _trained = trained;

    private protected override ClassKeys ClassesOf(ClassKeys labels) => labels.Union(_trained.Classes);

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions training)
        => FeatureTransfer.ContinueTraining(_trained.Classifier, images, training);
}
