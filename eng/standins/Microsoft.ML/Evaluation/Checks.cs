namespace Microsoft.ML.Evaluation;

/// <summary>What evaluators and trainers check of their arguments and columns, and the messages they give.</summary>
internal static class Checks
{
    public static void NotEmpty(string? value, string parameter)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentOutOfRangeException(parameter, $"{parameter} cannot be null or empty");
        }
    }

    public static void That(bool condition, string parameter, string message)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(parameter, message);
        }
    }

    /// <summary>The column bound to a role of evaluation.</summary>
    public static DataViewSchema.Column Bound(DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{role} column '{name}' not found");

    public static ArgumentOutOfRangeException NotFound(string parameter, string role, string column) =>
        new(parameter, $"Could not find {role} column '{column}'");

    public static ArgumentOutOfRangeException Mismatch(string parameter, string role, string column, string expected, string actual) =>
        new(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");
}
