namespace FeatureReuse;

/// <summary>Describes an estimator's output before it is fitted: which columns, of which kind, with which annotations.</summary>
internal static class PromisedColumns
{
    /// <summary>A shape only says that the size of a vector is known, not the size.</summary>
    private const int AnySize = 2;

    private static readonly DataViewSchema Empty = new DataViewSchema.Builder().ToSchema();

    public static SchemaShape Classification(SchemaShape input, string labelName, ScoringColumns columns)
    {
        SchemaShape.Column label = RequiredColumn.In(input, labelName);
        if (!label.IsKey)
            throw ClassKeys.NoKey(labelName, label.ItemType);
        SchemaShape.Column values = label.Annotations.FirstOrDefault(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues);
        return values.ItemType is PrimitiveDataViewType type ? Classification(input, ClassKeys.Blank(type, AnySize), columns)
            : throw ClassKeys.NoValues(labelName, "a key");
    }

    public static SchemaShape Classification(SchemaShape input, ClassKeys classes, ScoringColumns columns)
        => Extend(input, [columns.Image], ScoreColumns.Classification(Empty, columns, classes));

    public static SchemaShape Vector(SchemaShape input, string[] needed, string outputName)
        => Extend(input, needed, new DataViewSchema.DetachedColumn(outputName, new VectorDataViewType(NumberDataViewType.Single, AnySize)));

    public static SchemaShape Regression(SchemaShape input, string featureName, string labelName, string scoreName)
        => Extend(input, [featureName, labelName], ScoreColumns.Regression(Empty, scoreName));

    /// <summary>Adds columns to a shape in place of those of the same names.</summary>
    private static SchemaShape Extend(SchemaShape input, string[] needed, params DataViewSchema.DetachedColumn[] columns)
    {
        foreach (string name in needed)
            RequiredColumn.In(input, name);
        SchemaShape added = MLNetInternals.ShapeOf(new ColumnBindings(Empty, columns).Schema);
        return new SchemaShape(input.Where(column => added.All(other => other.Name != column.Name)).Concat(added));
    }
}
