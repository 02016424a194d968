using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>Learns features from many binary tasks on the same inputs, for a downstream task's linear trainer behind it in the chain.</summary>
/// <remarks>
/// In: the inputs and, for training, the labels of all tasks. Out: relu(W x), Vector&lt;Single&gt;. The labels are no longer needed when the model is used.
/// Source: Collins et al., arXiv 2307.06887.
/// </remarks>
public sealed class LearnFeaturesEstimator : IEstimator<LearnedFeaturesTransformer>
{
    private const string Name = "FeatureReuse.MultiTaskFeatures";
    private readonly IHostEnvironment _environment;
    private readonly LearnFeaturesOptions _options;

    internal LearnFeaturesEstimator(IHostEnvironment environment, LearnFeaturesOptions options)
    {
        Require.NotNull(options).Validate();
        _environment = environment;
        _options = options;
    }

    /// <summary>Reads the rows into memory and learns the features.</summary>
    /// <param name="input">Rows with inputs and labels.</param>
    /// <exception cref="InvalidDataException">A column or a row does not fit, or a task has one class only; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LearnedFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column inputs = FeatureVectors.Require(input.Schema, _options.InputColumnName);
        DataViewSchema.Column labels = FeatureVectors.Require(input.Schema, _options.LabelsColumnName);
        using IChannel channel = _environment.Register(Name).Start("Training");
        BinaryTaskSamples samples = Read(input, inputs, labels);
        if (samples.TaskOfOneClass() is { } task)
        {
            throw new InvalidDataException($"Task '{FeatureVectors.NamesOf(labels)[task]}' of column '{_options.LabelsColumnName}' has not both labels, 0 and 1, among the {samples.Count} rows. Leave it out.");
        }
        channel.Info(MessageSensitivity.None, "{0}", string.Create(CultureInfo.InvariantCulture, $"{Name}: {samples.Count} rows of {samples.Width} inputs with {samples.TaskCount} tasks."));
        int seed = _options.Training.Seed ?? MLNetInternals.SeedOf(_environment) ?? Random.Shared.Next();
        LearnedFeatures features = FeatureLearning.Train(samples, _options.Training with { Seed = seed });
        channel.Info(MessageSensitivity.None, "{0}", string.Create(CultureInfo.InvariantCulture, $"{Name}: {features.NeuronCount} features of effective rank {features.EffectiveRank():F1}."));
        return new LearnedFeaturesTransformer(features, _options, seed);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return PromisedColumns.Vector(inputSchema, [_options.InputColumnName, _options.LabelsColumnName], _options.OutputColumnName, _options.Training.Neurons);
    }

    private BinaryTaskSamples Read(IDataView data, DataViewSchema.Column inputs, DataViewSchema.Column labels)
    {
        List<float> inputValues = [];
        List<float> labelValues = [];
        using DataViewRowCursor cursor = data.GetRowCursor([inputs, labels]);
        Func<ReadOnlySpan<float>> getInputs = DenseVectors.Open<float>(cursor, inputs);
        Func<ReadOnlySpan<float>> getLabels = DenseVectors.Open<float>(cursor, labels);
        while (cursor.MoveNext())
        {
            _options.Training.CancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> row = getInputs();
            FeatureVectors.RequireFinite(row, _options.InputColumnName, cursor.Position);
            inputValues.AddRange(row);
            labelValues.AddRange(getLabels());
        }
        return labelValues.Count > 0
            ? new BinaryTaskSamples(((VectorDataViewType)inputs.Type).Size, ((VectorDataViewType)labels.Type).Size, CollectionsMarshal.AsSpan(inputValues), CollectionsMarshal.AsSpan(labelValues))
            : throw new InvalidDataException("There are no rows to train on.");
    }
}
