namespace Microsoft.ML.Transforms;

/// <summary>What estimators do with shapes.</summary>
internal static class Shapes
{
    public static SchemaShape.Column Find(SchemaShape shape, string name)
        => shape.TryFindColumn(name, out SchemaShape.Column column) ? column
            : throw new ArgumentOutOfRangeException("inputSchema", $"Could not find input column '{name}'");

    public static ArgumentOutOfRangeException Mismatch(SchemaShape.Column column, string expected)
        => new("inputSchema", $"Schema mismatch for input column '{column.Name}': expected {expected}, got {column.GetTypeString()}");

    /// <summary>A column of a name that is there takes the other's place.</summary>
    public static SchemaShape With(SchemaShape shape, params SchemaShape.Column[] added)
        => new(shape.Select(column => added.Append(column).First(other => other.Name == column.Name))
            .Concat(added.Where(column => shape.All(other => other.Name != column.Name))));

    public static SchemaShape.Column Named(string name, SchemaShape.Column like) => new(name, like.Kind, like.ItemType, like.IsKey, like.Annotations);

    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
        => schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException("inputSchema", $"Could not find input column '{name}'");
}
