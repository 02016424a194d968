using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>The rows for which a predicate holds.</summary>
/// <param name="source">All rows.</param>
/// <param name="columns">The columns that the predicate reads.</param>
/// <param name="createPredicate">From a row to a predicate of its current values.</param>
internal sealed class FilteredDataView(IDataView source, DataViewSchema.Column[] columns, Func<DataViewRow, Func<bool>> createPredicate) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new FilteredCursor(source.GetRowCursor(needed.Concat(columns).DistinctBy(column => column.Index), rand), needed, createPredicate);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class FilteredCursor(DataViewRowCursor input, DataViewSchema.Column[] active, Func<DataViewRow, Func<bool>> createPredicate) : WrappedCursor(input, input.Schema, active)
    {
        private readonly Func<bool> _predicate = createPredicate(input);
        private long _position = -1;

        public override long Position => _position;

        public override bool MoveNext()
        {
            while (Input.MoveNext())
            {
                if (_predicate())
                {
                    _position++;
                    return true;
                }
            }
            return false;
        }
    }
}
