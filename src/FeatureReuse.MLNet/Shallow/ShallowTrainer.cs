namespace FeatureReuse;

/// <summary>Trains a shallow network: checks columns, reads rows and logs. The derived classes choose the network.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <typeparam name="TModel">The trained transformer.</typeparam>
public abstract class ShallowTrainer<TOptions, TModel> : IEstimator<TModel>
    where TOptions : ShallowOptions
    where TModel : ShallowRegressionTransformer<TOptions>
{
    private readonly IHostEnvironment _environment;
    private readonly string _name;

    private protected ShallowTrainer(IHostEnvironment environment, string name, TOptions options)
    {
        options.Validate();
        (_environment, _name, Options) = (environment, name, options);
    }

    private protected TOptions Options { get; }

    /// <summary>Reads the rows into memory and trains.</summary>
    /// <param name="input">Rows with features and a label.</param>
    /// <exception cref="InvalidDataException">A column or a row is unsuitable; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The training diverged at every learning rate, or no solution fits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TModel Fit(IDataView input)
    {
        DataViewSchema.Column features = FeatureVectors.Require(
            Require.NotNull(input).Schema, Options.FeatureColumnName, Options.PretrainedFeatureNames?.Count);
        using IChannel channel = _environment.Register(_name).Start("Training");
        List<RegressionSamples> tasks = [Read(input)];
        if (Options.AuxiliaryData is { } auxiliary)
            tasks.Add(Read(auxiliary));
        int width = tasks[0].Width;
        if (tasks[^1].Width != width)
        {
            throw new InvalidDataException($"Column '{features.Name}' of the auxiliary data has {tasks[^1].Width} features; "
                + $"that of the main task has {width}.");
        }
        string more = tasks.Count == 1 ? "" : $", with {tasks[1].Count} rows of the auxiliary task";
        Info(channel, $"{_name}: {tasks[0].Count} rows of {width} features{more}.");
        int seed = Options.Training.Seed ?? MLNetInternals.SeedOf(_environment) ?? Random.Shared.Next();
        TModel model = Train(tasks, Options.Training with { Seed = seed },
            result => new(LibraryVersion.Current, Options, FeatureVectors.NamesOf(features), result, seed));
        if (model.Training is { } result)
        {
            Info(channel, $"{_name}: {result.StopReason}, loss {result.Loss:E2}, {result.Steps} steps, rate {result.LearningRate}.");
            RequireSuccess(result);
        }
        return model;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => PromisedColumns.Regression(
            Require.NotNull(inputSchema), Options.FeatureColumnName, Options.LabelColumnName, Options.ScoreColumnName);

    /// <summary>Trains on the main task and, for MTL, the auxiliary task.</summary>
    private protected abstract TModel Train(
        IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions training,
        Func<GradientDescentResult?, SavedRegression<TOptions>> describe);

    private RegressionSamples Read(IDataView data)
        => FeatureVectors.Read(data, Options.FeatureColumnName, Options.LabelColumnName, Options.Training.CancellationToken);

    private void RequireSuccess(GradientDescentResult result)
    {
        switch (result.StopReason)
        {
            case GradientDescentStopReason.Canceled:
                throw new OperationCanceledException(
                    $"{_name} was cancelled after {result.Epochs} epochs, at loss {result.Loss:E2}.", Options.Training.CancellationToken);
            case GradientDescentStopReason.Diverged:
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{_name} diverged at every learning rate from {Options.Training.LearningRate} down to {result.LearningRate}. ")
                    + "Normalise the features, or choose a smaller LearningRate.");
        }
    }

    private static void Info(IChannel channel, FormattableString message)
        => channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(message));
}
