namespace FeatureReuse;

/// <summary>
/// Trains a shallow network without biases for regression: from scratch, by finetuning, or together with an auxiliary task. Source: Lippl
/// and Lindsey, arXiv 2310.02396.
/// </summary>
/// <typeparam name="TModel">The trained transformer.</typeparam>
/// <remarks>In: features, Vector&lt;Single&gt;, normalised to similar scales, and a label, Single. Out: Score, Single.</remarks>
public sealed class ShallowTrainer<TModel> : IEstimator<TModel> where TModel : ShallowTransformer
{
    private readonly IHostEnvironment _environment;
    private readonly string _name;
    private readonly ShallowOptions _options;
    private readonly TrainFunction _train;

    internal ShallowTrainer(IHostEnvironment environment, string network, ShallowOptions options, TrainFunction train)
    {
        options.Validate();
        (_environment, _name, _options, _train) = (environment, $"FeatureReuse.{network}", options, train);
    }

    /// <summary>Trains on the main task and, for MTL, the auxiliary task. The training options have a seed.</summary>
    internal delegate (TModel Model, GradientDescentResult? Result) TrainFunction(
        IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions training, IReadOnlyList<string> featureNames);

    /// <summary>Reads the rows into memory and trains.</summary>
    /// <param name="input">Rows with features and a label.</param>
    /// <exception cref="InvalidDataException">A column or a row is unsuitable; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The training diverged at every learning rate, or no solution fits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TModel Fit(IDataView input)
    {
        DataViewSchema.Column features = Vectors.RequireFeatures(
            Require.NotNull(input).Schema, _options.FeatureColumnName, _options.PretrainedFeatureNames?.Count);
        using IChannel channel = _environment.Register(_name).Start("Training");
        List<RegressionSamples> tasks = [Read(input)];
        if (_options.AuxiliaryData is { } auxiliary)
            tasks.Add(Read(auxiliary));
        int width = tasks[0].Width;
        if (tasks[^1].Width != width)
        {
            throw new InvalidDataException($"Column '{features.Name}' of the auxiliary data has {tasks[^1].Width} features; "
                + $"that of the main task has {width}.");
        }
        string more = tasks.Count == 1 ? "" : $", with {tasks[1].Count} rows of the auxiliary task";
        channel.Log($"{_name}: {tasks[0].Count} rows of {width} features{more}.");
        int seed = MLNetInternals.SeedOf(_environment, _options.Training.Seed);
        (TModel model, GradientDescentResult? result)
            = _train(tasks, _options.Training with { Seed = seed }, Vectors.NamesOf(features));
        if (result is not null)
        {
            channel.Log($"{_name}: {result.StopReason}, loss {result.Loss:E2}, {result.Steps} steps, rate {result.LearningRate}.");
            RequireSuccess(result);
        }
        return model;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => PromisedColumns.Regression(
        Require.NotNull(inputSchema), _options.FeatureColumnName, _options.LabelColumnName, _options.ScoreColumnName);

    private RegressionSamples Read(IDataView data)
        => Vectors.Read(data, _options.FeatureColumnName, _options.LabelColumnName, _options.Training.CancellationToken);

    private void RequireSuccess(GradientDescentResult result)
    {
        if (result.StopReason == GradientDescentStopReason.Canceled)
        {
            throw new OperationCanceledException(
                $"{_name} was cancelled after {result.Epochs} epochs, at loss {result.Loss:E2}.", _options.Training.CancellationToken);
        }
        if (result.StopReason == GradientDescentStopReason.Diverged)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{_name} diverged at every learning rate from {_options.Training.LearningRate} down to {result.LearningRate}. ")
                + "Normalise the features, or choose a smaller LearningRate.");
        }
    }
}
