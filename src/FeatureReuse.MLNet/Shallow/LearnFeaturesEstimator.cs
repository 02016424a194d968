namespace FeatureReuse;

/// <summary>
/// Learns features from many binary tasks on the same inputs, for the trainer of a downstream task later in the pipeline. Source:
/// Collins et al., arXiv 2307.06887.
/// </summary>
/// <remarks>In: inputs and, for training only, the labels of all tasks. Out: relu(W x), Vector&lt;Single&gt;.</remarks>
public sealed class LearnFeaturesEstimator : IEstimator<LearnedFeaturesTransformer>
{
    private const string Name = $"FeatureReuse.{nameof(FeatureReuseCatalog.LearnFeatures)}";
    private readonly IHostEnvironment _environment;
    private readonly LearnFeaturesOptions _options;

    internal LearnFeaturesEstimator(IHostEnvironment environment, LearnFeaturesOptions options)
    {
        options.Validate();
        (_environment, _options) = (environment, options);
    }

    /// <summary>Reads the rows into memory and learns the features.</summary>
    /// <param name="input">Rows with inputs and labels.</param>
    /// <exception cref="InvalidDataException">A column, a row or a task is unsuitable; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LearnedFeaturesTransformer Fit(IDataView input)
    {
        DataViewSchema.Column inputs = Vectors.RequireFeatures(Require.NotNull(input).Schema, _options.InputColumnName);
        DataViewSchema.Column labels = Vectors.Require(input.Schema, _options.LabelsColumnName, "labels");
        using IChannel channel = _environment.Register(Name).Start("Training");
        (List<float> inputValues, List<float> labelValues) = Vectors.ReadRows(
            input, inputs, labels, requiresLabels: false, _options.Training.CancellationToken);
        var samples = new BinaryTaskSamples(((VectorDataViewType)inputs.Type).Size, ((VectorDataViewType)labels.Type).Size,
            CollectionsMarshal.AsSpan(inputValues), CollectionsMarshal.AsSpan(labelValues));
        if (samples.FindTaskOfOneClass() is { } task)
        {
            throw new InvalidDataException($"Task '{Vectors.NamesOf(labels)[task]}' of column '{labels.Name}' does not have "
                + $"both labels, 0 and 1, among the {samples.Count} rows. Leave it out.");
        }
        channel.Log($"{Name}: {samples.Count} rows of {samples.Width} inputs with {samples.TaskCount} tasks.");
        int seed = MLNetInternals.SeedOf(_environment, _options.Training.Seed);
        LearnedFeatures features = FeatureLearning.Train(samples, _options.Training with { Seed = seed });
        channel.Log($"{Name}: {features.NeuronCount} features of effective rank {features.ComputeEffectiveRank():F1}.");
        return new LearnedFeaturesTransformer(features, _options, seed, LibraryVersion.Current);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => PromisedColumns.Vector(
        Require.NotNull(inputSchema), [_options.InputColumnName, _options.LabelsColumnName], _options.OutputColumnName);
}
