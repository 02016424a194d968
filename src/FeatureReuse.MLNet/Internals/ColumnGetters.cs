namespace FeatureReuse;

/// <summary>Provides the getters of a row, and the same errors for every kind of row.</summary>
internal static class ColumnGetters
{
    /// <exception cref="ArgumentOutOfRangeException">The column is not active.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public static ValueGetter<T> Create<T>(DataViewRow row, DataViewSchema.Column column, Func<DataViewSchema.Column, Delegate> create)
    {
        if (!row.IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not requested when the cursor was created.");
        return create(column) as ValueGetter<T>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; it cannot be read as {typeof(T).Name}.");
    }
}
