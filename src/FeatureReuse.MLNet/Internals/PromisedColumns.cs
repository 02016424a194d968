namespace FeatureReuse;

/// <summary>Describes an estimator's output before it is fitted: which columns, of which kind, with which annotations.</summary>
internal static class PromisedColumns
{
    /// <summary>A shape only says that the size of a vector is known, not the size.</summary>
    private const int AnySize = 2;

    public static SchemaShape Classification(SchemaShape input, string labelName, ScoringColumns columns)
    {
        SchemaShape.Column label = RequiredColumn.In(input, labelName);
        if (!label.IsKey)
            throw ClassKeys.NoKey(labelName, label.ItemType);
        SchemaShape.Column keyValues = label.Annotations.FirstOrDefault(annotation => annotation.Name == AnnotationKinds.KeyValues);
        return keyValues.ItemType is PrimitiveDataViewType type ? Classification(input, ClassKeys.Blank(type, AnySize), columns)
            : throw ClassKeys.NoValues(labelName, "a key");
    }

    public static SchemaShape Classification(SchemaShape input, ClassKeys classes, ScoringColumns columns) => Extend(input, [columns.Image],
        (builder, empty) => ScoreColumns.AddClassification(builder, empty, columns.PredictedLabel, columns.Score, classes));

    public static SchemaShape Features(SchemaShape input, FeatureLayer layer)
        => Vector(input, [layer.InputColumnName], layer.OutputColumnName, layer.Width);

    public static SchemaShape Vector(SchemaShape input, string[] needed, string outputName, int width)
        => Extend(input, needed, (builder, _) => builder.AddColumn(outputName, new VectorDataViewType(NumberDataViewType.Single, width)));

    public static SchemaShape Regression(SchemaShape input, string featureName, string labelName, string scoreName)
        => Extend(input, [featureName, labelName], (builder, empty) => ScoreColumns.AddRegression(builder, empty, scoreName));

    /// <summary>Adds columns to a shape in place of those of the same names.</summary>
    private static SchemaShape Extend(SchemaShape input, string[] needed, Action<DataViewSchema.Builder, DataViewSchema> add)
    {
        foreach (string name in needed)
            RequiredColumn.In(input, name);
        var builder = new DataViewSchema.Builder();
        add(builder, builder.ToSchema());
        SchemaShape added = MLNetInternals.ShapeOf(builder.ToSchema());
        return new SchemaShape(input.Where(column => added.All(other => other.Name != column.Name)).Concat(added));
    }
}
