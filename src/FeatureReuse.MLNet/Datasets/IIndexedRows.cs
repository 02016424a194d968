namespace FeatureReuse;

/// <summary>What one cursor holds open to read rows by number.</summary>
internal interface IIndexedRows : IDisposable
{
    /// <summary>A <see cref="Microsoft.ML.ValueGetter{TValue}"/> of the column in the row that the cursor is on.</summary>
    Delegate CreateGetter(int column, Func<long> row);
}
