namespace FeatureReuse;

/// <summary>
/// Continues the training of a network, on more images of its classes or of new ones, for which its head grows. The classes are those of
/// the label column, whose values are of the type that the network was trained with, followed by those that only the network knew.
/// </summary>
public sealed class ContinueTrainingEstimator : ClassifierEstimator
{
    private readonly NetworkTransformer _trained;

    internal ContinueTrainingEstimator(IHostEnvironment environment, NetworkTransformer trained, ContinueTrainingOptions options)
        : base(environment, "FeatureReuse.ContinueTraining", options, Require.NotNull(trained).Network.Input) => _trained = trained;

    private protected override ClassKeys ClassesOf(ClassKeys labels) => labels.Union(_trained.Classes);

    private protected override TrainedClassifier Train(ImageStore images, TrainingOptions training)
        => FeatureTransfer.ContinueTraining(_trained.Classifier, images, training);
}
