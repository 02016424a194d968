namespace FeatureReuse;

/// <summary>Finds columns by name.</summary>
internal static class RequiredColumn
{
    /// <exception cref="InvalidDataException">There is no such column; the message lists those there are.</exception>
    public static DataViewSchema.Column In(DataViewSchema schema, string name)
        => schema.GetColumnOrNull(name) ?? throw Missing(name, schema.Where(column => !column.IsHidden).Select(column => column.Name));

    /// <exception cref="InvalidDataException">There is no such column; the message lists those there are.</exception>
    public static SchemaShape.Column In(SchemaShape schema, string name)
        => schema.FirstOrDefault(column => column.Name == name) is { Name: not null } column ? column
            : throw Missing(name, schema.Select(column => column.Name));

    private static InvalidDataException Missing(string name, IEnumerable<string> known)
        => new($"There is no column '{name}'; the columns are {string.Join(", ", known.Select(column => $"'{column}'"))}.");
}
