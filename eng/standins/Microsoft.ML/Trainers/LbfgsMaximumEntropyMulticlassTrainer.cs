using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;
using Microsoft.ML.Trainers.Linear;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Trainers;

/// <summary>Multinomial logistic regression.</summary>
public sealed class LbfgsMaximumEntropyMulticlassTrainer : IEstimator<MulticlassPredictionTransformer<MaximumEntropyModelParameters>>
{
    private readonly TrainerColumns _columns;
    private readonly double _l1, _l2, _tolerance;
    private readonly int _historySize;
    private readonly bool _nonNegative;

    internal LbfgsMaximumEntropyMulticlassTrainer(TrainerColumns columns, double l1, double l2, double tolerance, int historySize, bool nonNegative)
        => (_columns, _l1, _l2, _tolerance, _historySize, _nonNegative) = (columns, l1, l2, tolerance, historySize, nonNegative);

    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckLabel(_columns.CheckedLabel(SchemaShape.Create(input.Schema)));
        DataViewSchema.Column label = input.Schema[_columns.Label];
        var rows = new TrainingRows(input, _columns.Features, _columns.Label, _columns.Weight);
        if (rows.Count == 0)
        {
            throw new InvalidOperationException("No valid training instances found, all instances have missing features.");
        }
        int classes = (int)((KeyDataViewType)label.Type).Count;
        double scale = 1 / rows.WeightSum;
        var objective = new LinearObjective(rows, classes, RowLosses.Softmax, scale, _l1 * scale, _l2 * scale);
        float[] parameters = new Minimizer(objective, _nonNegative).Minimize(_tolerance, _historySize, int.MaxValue);
        var model = new MaximumEntropyModelParameters(new LinearScores(parameters, classes, rows.FeatureCount));
        return new MulticlassPredictionTransformer<MaximumEntropyModelParameters>(model, model.Scores, _columns.Features, label);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column label = _columns.CheckedLabel(inputSchema);
        CheckLabel(label);
        SchemaShape.Column[] keyValues = [.. label.Annotations.Where(annotation => annotation.Name == "KeyValues" && annotation.Kind == SchemaShape.Column.VectorKind.Vector)];
        IEnumerable<SchemaShape.Column> classNames = keyValues.SelectMany(values => values.ItemType is TextDataViewType
            ? [Shapes.Named("SlotNames", values), Shapes.Named("TrainingLabelValues", values)]
            : new[] { Shapes.Named("TrainingLabelValues", values) });
        return Shapes.With(inputSchema,
            new SchemaShape.Column("Score", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, new SchemaShape(classNames.Concat(ScoreAnnotations.Shape))),
            new SchemaShape.Column("PredictedLabel", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape(keyValues.Concat(ScoreAnnotations.Shape))));
    }

    private void CheckLabel(SchemaShape.Column label)
    {
        if (!label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.ItemType.Equals(NumberDataViewType.UInt32))
        {
            throw Checks.Mismatch("inputSchema", "label", _columns.Label, "Key<UInt32>", label.GetTypeString());
        }
    }
}

/// <summary>A linear model for each class; probabilities are the softmax of their values.</summary>
public sealed class MaximumEntropyModelParameters
{
    internal MaximumEntropyModelParameters(LinearScores scores) => Scores = scores;

    internal LinearScores Scores { get; }
}
