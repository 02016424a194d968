namespace FeatureReuse;

/// <summary>Configures <see cref="FeatureReuseCatalog.TrainMultiTask"/>. The inherited columns are the main task's.</summary>
public sealed record MultiTaskOptions : NewNetworkOptions
{
    /// <summary>Gets the auxiliary task's rows: images of the main task's shape and pixel type, with their own labels.</summary>
    public required IDataView Auxiliary { get; init; }

    /// <summary>Gets the auxiliary task's label column: a key with values. Default "Label".</summary>
    public string AuxiliaryLabelColumnName { get; init; } = "Label";

    /// <summary>Gets the auxiliary task's image column. Default null: the name of the main task's.</summary>
    public string? AuxiliaryImageColumnName { get; init; }

    /// <summary>
    /// Gets how the tasks take turns, the auxiliary task's weight, and the names of the heads. Default: the paper's. The loss threshold
    /// applies to the weighted sum of both losses; validation and class weights are the main task's.
    /// </summary>
    public TaskMixingOptions TaskMixing { get; init; } = new();

    internal TrainedClassifier Train(ImageStore images, TrainingOptions training)
    {
        var reader = new ImageReader(Auxiliary, AuxiliaryImageColumnName ?? ImageColumnName, images.Shape, AuxiliaryLabelColumnName);
        return FeatureTransfer.TrainMultiTask(images, reader.Read(training.CancellationToken), Network, TaskMixing, training);
    }

    internal override void Validate()
    {
        base.Validate();
        Require.NotNull(Auxiliary);
        Require.NotEmpty(AuxiliaryLabelColumnName, nameof(AuxiliaryLabelColumnName));
        Require.NotNull(TaskMixing).Validate();
    }
}
