namespace FeatureReuse;

/// <summary>Computes added columns one row at a time, for prediction engines.</summary>
internal sealed class RowMapper(AddedColumns added) : IRowToRowMapper
{
    public DataViewSchema InputSchema => added.InputSchema;
    public DataViewSchema OutputSchema => added.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => added.Needed(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        return ReferenceEquals(input.Schema, InputSchema) ? new Row(input, added, activeColumns)
            : throw new ArgumentException("The row has another schema than the one that this mapper was created for.", nameof(input));
    }

    private sealed class Row(DataViewRow input, AddedColumns added, IEnumerable<DataViewSchema.Column> active) : DataViewRow
    {
        private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];
        private Func<DataViewSchema.Column, Delegate>? _create;

        public override DataViewSchema Schema => added.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => ColumnGetters.Create<TValue>(this, column, added, input, one => (_create ??= added.Open(input))(one));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
