namespace FeatureReuse;

/// <summary>The shape of an estimator's output before it is fitted: which columns, of which kind, with which annotations.</summary>
internal static class PromisedColumns
{
    /// <summary>A shape tells only that a vector's size is known, so that any size stands for it.</summary>
    private const int AnySize = 2;

    public static SchemaShape Classification(SchemaShape input, string labelName, ScoringColumns columns)
    {
        RequiredColumn.In(input, columns.Image);
        SchemaShape.Column label = RequiredColumn.In(input, labelName);
        if (!label.IsKey)
        {
            throw new InvalidDataException($"Column '{labelName}' is {label.ItemType}; the label must be a key. "
                + $"Put ml.Transforms.Conversion.MapValueToKey(\"{labelName}\") before the trainer.");
        }
        SchemaShape.Column keyValues = label.Annotations.FirstOrDefault(annotation => annotation.Name == AnnotationKinds.KeyValues);
        if (keyValues.ItemType is not PrimitiveDataViewType type)
        {
            throw new InvalidDataException($"Column '{labelName}' is a key without values, so that its classes have no names. "
                + $"Make the key with ml.Transforms.Conversion.MapValueToKey(\"{labelName}\"), or add a KeyValues annotation.");
        }
        return Classification(input, ClassKeys.Stand(type, AnySize), columns);
    }

    public static SchemaShape Classification(SchemaShape input, ClassKeys classes, ScoringColumns columns)
    {
        RequiredColumn.In(input, columns.Image);
        var builder = new DataViewSchema.Builder();
        DataViewSchema empty = builder.ToSchema();
        ClassificationColumns.Add(builder, empty, columns.PredictedLabel, columns.Score, classes);
        return Extend(input, builder.ToSchema());
    }

    public static SchemaShape Features(SchemaShape input, FeatureLayer layer) => Vector(input, [layer.InputColumnName], layer.OutputColumnName, layer.Width);

    public static SchemaShape Vector(SchemaShape input, string[] needed, string outputName, int width)
    {
        foreach (string name in needed)
            RequiredColumn.In(input, name);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(outputName, new VectorDataViewType(NumberDataViewType.Single, width));
        return Extend(input, builder.ToSchema());
    }

    public static SchemaShape Regression(SchemaShape input, string featureName, string labelName, string scoreName)
    {
        RequiredColumn.In(input, featureName);
        RequiredColumn.In(input, labelName);
        var builder = new DataViewSchema.Builder();
        FeatureVectors.AddScore(builder, builder.ToSchema(), scoreName);
        return Extend(input, builder.ToSchema());
    }

    private static SchemaShape Extend(SchemaShape input, DataViewSchema added)
    {
        SchemaShape addedShape = MLNetInternals.ShapeOf(added);
        return new SchemaShape(input.Where(column => addedShape.All(other => other.Name != column.Name)).Concat(addedShape));
    }
}
