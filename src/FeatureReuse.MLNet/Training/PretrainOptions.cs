using System.Collections.Immutable;

namespace FeatureReuse;

/// <summary>Configures <see cref="FeatureReuseCatalog.Pretrain"/>.</summary>
public sealed record PretrainOptions : NewNetworkOptions
{
    /// <summary>Gets the name of the head that is trained. Default "auxiliary".</summary>
    public string TaskName { get; init; } = FeatureTransfer.AuxiliaryTask;

    /// <summary>
    /// Gets the class names, by task, of further heads that are drawn with the others and not trained. Default none: finetuning draws its
    /// head when it needs it, which gives the same distribution unless weights decay. In the paper the main task's head is there from the
    /// start.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UntrainedTasks { get; init; }
        = ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    internal TrainedClassifier Train(ImageStore images, TrainingOptions training)
        => FeatureTransfer.Pretrain(images, Network, training, TaskName, UntrainedTasks);

    internal override void Validate()
    {
        base.Validate();
        Require.NotEmpty(TaskName, nameof(TaskName));
        Require.NotNull(UntrainedTasks);
    }
}
