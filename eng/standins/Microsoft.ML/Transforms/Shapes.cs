namespace Microsoft.ML.Transforms;

/// <summary>What estimators do with shapes.</summary>
internal static class Shapes
{
    public static SchemaShape.Column Find(SchemaShape shape, string name)
        => shape.TryFindColumn(name, out SchemaShape.Column column) ? column
            : throw new ArgumentOutOfRangeException("inputSchema", $"Could not find input column '{name}'");

    public static ArgumentOutOfRangeException Mismatch(SchemaShape.Column column, string expected)
        => new("inputSchema", $"Schema mismatch for input column '{column.Name}': expected {expected}, got {column.GetTypeString()}");

    public static SchemaShape With(SchemaShape shape, params SchemaShape.Column[] added)
        => new(shape.Where(column => added.All(other => other.Name != column.Name)).Concat(added));

    public static SchemaShape.Column Named(string name, SchemaShape.Column like) => new(name, like.Kind, like.ItemType, like.IsKey, like.Annotations);

    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
        => schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException("inputSchema", $"Could not find input column '{name}'");
}
