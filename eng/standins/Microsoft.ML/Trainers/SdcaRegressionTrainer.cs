using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;
using Microsoft.ML.Trainers.Linear;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Trainers;

/// <summary>Linear regression with the squared loss, an L2 penalty, and an L1 penalty given as a multiple of it.</summary>
/// <remarks>Finds by L-BFGS the minimum that stochastic dual coordinate ascent walks to.</remarks>
public sealed class SdcaRegressionTrainer : IEstimator<RegressionPredictionTransformer<LinearRegressionModelParameters>>
{
    private const double Tolerance = 1e-9;
    private const int HistorySize = 20;
    private const int DefaultIterations = 1000;

    private readonly TrainerColumns _columns;
    private readonly double? _l2, _l1;
    private readonly int? _iterations;

    internal SdcaRegressionTrainer(TrainerColumns columns, double? l2, double? l1, int? iterations) => (_columns, _l2, _l1, _iterations) = (columns, l2, l1, iterations);

    public RegressionPredictionTransformer<LinearRegressionModelParameters> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckLabel(_columns.CheckedLabel(SchemaShape.Create(input.Schema)));
        var rows = new TrainingRows(input, _columns.Features, _columns.Label, _columns.Weight);
        if (rows.Count == 0)
        {
            throw new InvalidOperationException("Training set has 0 instances, aborting training.");
        }
        double l2 = _l2 ?? Math.Max(1e-6, 20.0 / (2.0 * rows.Count));
        double l1 = (_l1 ?? (rows.FeatureCount < 100 ? 0 : rows.FeatureCount < 1000 ? 0.25 : rows.FeatureCount < 10_000 ? 0.5 : 1)) * l2;
        var objective = new LinearObjective(rows, 1, RowLosses.Squared, 1 / rows.WeightSum, l1, l2);
        float[] parameters = new Minimizer(objective, nonNegative: false).Minimize(Tolerance, HistorySize, _iterations ?? DefaultIterations);
        var model = new LinearRegressionModelParameters(new LinearScores(parameters, 1, rows.FeatureCount));
        return new RegressionPredictionTransformer<LinearRegressionModelParameters>(model, model.Scores, _columns.Features);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        CheckLabel(_columns.CheckedLabel(inputSchema));
        return Shapes.With(inputSchema,
            new SchemaShape.Column("Score", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, new SchemaShape(ScoreAnnotations.Shape)));
    }

    private void CheckLabel(SchemaShape.Column label)
    {
        if (label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.ItemType.Equals(NumberDataViewType.Single))
        {
            throw Checks.Mismatch("inputSchema", "label", _columns.Label, "Single", label.GetTypeString());
        }
    }
}

/// <summary>A linear model.</summary>
public sealed class LinearRegressionModelParameters
{
    internal LinearRegressionModelParameters(LinearScores scores) => Scores = scores;

    internal LinearScores Scores { get; }
}
