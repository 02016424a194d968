using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Trainers;

/// <summary>The columns that a trainer reads.</summary>
internal sealed class TrainerColumns
{
    public TrainerColumns(string label, string features, string? weight)
    {
        Checks.NotEmpty(label, "labelColumnName");
        Checks.NotEmpty(features, "featureColumnName");
        (Label, Features, Weight) = (label, features, weight);
    }

    public string Label { get; }

    public string Features { get; }

    public string? Weight { get; }

    /// <summary>Checks the features and the weight, and that the label is there; the trainer checks its type.</summary>
    public SchemaShape.Column CheckedLabel(SchemaShape input)
    {
        SchemaShape.Column features = Find(input, "feature", Features);
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || features.IsKey || !features.ItemType.Equals(NumberDataViewType.Single))
        {
            throw Checks.Mismatch("inputSchema", "feature", Features, "Vector<Single>", features.GetTypeString());
        }
        if (Weight is not null && Find(input, "weight", Weight) is var weight
            && (weight.Kind != SchemaShape.Column.VectorKind.Scalar || !weight.ItemType.Equals(NumberDataViewType.Single)))
        {
            throw Checks.Mismatch("inputSchema", "weight", Weight, "Single", weight.GetTypeString());
        }
        return Find(input, "label", Label);
    }

    public static DataViewSchema.Column CheckedFeatures(DataViewSchema input, string name, int size)
    {
        DataViewSchema.Column features = Shapes.Find(input, name);
        return features.Type is VectorDataViewType vector && vector.Size == size && vector.ItemType.Equals(NumberDataViewType.Single) ? features
            : throw Checks.Mismatch("inputSchema", "feature", name, $"Vector<Single, {size}>", $"{features.Type}");
    }

    private static SchemaShape.Column Find(SchemaShape input, string role, string name)
        => input.TryFindColumn(name, out SchemaShape.Column column) ? column : throw Checks.NotFound("inputSchema", role, name);
}
