using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>What the trainers of shallow networks do around the training: check columns, read rows, log, and say how it went wrong.</summary>
/// <typeparam name="TModel">The trained transformer.</typeparam>
public abstract class ShallowEstimator<TModel> : IEstimator<TModel> where TModel : ShallowTransformer
{
    private readonly IHostEnvironment _environment;
    private readonly string _name;
    private readonly ShallowOptions<TModel> _options;

    private protected ShallowEstimator(IHostEnvironment environment, string name, ShallowOptions<TModel> options)
    {
        Require.NotNull(options).Validate();
        _environment = environment;
        _name = name;
        _options = options;
    }

    /// <summary>Reads the rows into memory and trains.</summary>
    /// <param name="input">Rows with features and a label each.</param>
    /// <exception cref="InvalidDataException">A column or a row does not fit; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The training diverged at every learning rate, or no solution fits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TModel Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        string[] names = FeatureVectors.NamesOf(FeatureVectors.Require(input.Schema, _options.FeatureColumnName, _options.Pretrained?.FeatureNames.Count));
        IHost host = _environment.Register(_name);
        using IChannel channel = host.Start("Training");
        RegressionSamples main = Read(input);
        RegressionSamples? auxiliary = _options.AuxiliaryData is { } data ? ReadAuxiliary(data, main.Width) : null;
        Info(channel, $"{_name}: {main.Count} rows of {main.Width} features{(auxiliary is null ? "" : $", with {auxiliary.Count} rows of the auxiliary task")}.");
        int seed = _options.Training.Seed ?? MLNetInternals.SeedOf(_environment) ?? Random.Shared.Next();
        TModel model = Train(auxiliary is null ? [main] : [main, auxiliary], _options.Training with { Seed = seed }, names, seed);
        if (model.Training is { } result)
        {
            Info(channel, $"{_name}: stopped ({result.StopReason}) at loss {result.Loss:E2} after {result.Steps} steps with learning rate {result.LearningRate}.");
            RequireSuccess(result);
        }
        return model;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return PromisedColumns.Regression(inputSchema, _options.FeatureColumnName, _options.LabelColumnName, _options.ScoreColumnName);
    }

    /// <param name="tasks">The main task and, for MTL, the auxiliary one.</param>
    /// <param name="training">With the seed.</param>
    /// <param name="names">Of the features.</param>
    /// <param name="seed">Of new weights.</param>
    private protected abstract TModel Train(RegressionSamples[] tasks, GradientDescentOptions training, string[] names, int seed);

    private RegressionSamples Read(IDataView data) => FeatureVectors.Read(data, _options.FeatureColumnName, _options.LabelColumnName, _options.Training.CancellationToken);

    private RegressionSamples ReadAuxiliary(IDataView data, int width)
    {
        RegressionSamples auxiliary = Read(data);
        return auxiliary.Width == width ? auxiliary
            : throw new InvalidDataException($"Column '{_options.FeatureColumnName}' of the auxiliary data has {auxiliary.Width} features; that of the main task has {width}.");
    }

    private void RequireSuccess(GradientDescentResult result)
    {
        switch (result.StopReason)
        {
            case StopReason.Canceled:
                throw new OperationCanceledException($"{_name} was cancelled after {result.Epochs} epochs, at loss {result.Loss:E2}.", _options.Training.CancellationToken);
            case StopReason.Diverged:
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{_name} diverged at every learning rate from {_options.Training.LearningRate} down to {result.LearningRate}. Normalise the features, or choose a smaller LearningRate."));
        }
    }

    private static void Info(IChannel channel, FormattableString message)
        => channel.Info(MessageSensitivity.None, "{0}", message.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
