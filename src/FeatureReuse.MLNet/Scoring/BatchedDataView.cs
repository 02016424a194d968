using Microsoft.ML.Model.OnnxConverter;

namespace FeatureReuse;

/// <summary>
/// Scores images in batches ahead of the cursor; rows keep their order. ML.NET's ConvertToOnnx walks back over views that implement its
/// internal interface, and takes the first that does not for the input.
/// </summary>
internal sealed class BatchedDataView(IDataView source, ImageMapping mapping) : ITransformCanSaveOnnx
{
    private readonly ColumnBindings _columns = new(source.Schema, mapping.GetOutputColumns());

    public IDataView Source => source;
    public DataViewSchema Schema => _columns.Schema;
    public bool CanShuffle => source.CanShuffle;
    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        HashSet<int> active = [.. columnsNeeded.Select(column => column.Index)];
        bool[] activeInput = _columns.GetActiveInput(active.Contains);
        // Two cursors over the same rows: one reads images ahead, the other keeps pace with the caller. Only an order drawn from the
        // same seed is the same for both.
        int? seed = rand?.Next();
        DataViewRowCursor Open(IEnumerable<DataViewSchema.Column> columns)
            => source.GetRowCursor(columns, seed is null ? null : new Random(seed.Value));
        DataViewRowCursor rows = Open(source.Schema.Where(column => activeInput[column.Index]));
        BatchedScores? scores = _columns.AddedColumnIndices.Any(active.Contains)
            ? new BatchedScores(Open([mapping.Source]), source, isShuffled: seed is not null, mapping) : null;
        return new Cursor(rows, scores, mapping, _columns, active);
    }

    /// <summary>Returns one cursor, whatever the number requested: libtorch itself uses all cores.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    public bool CanSaveOnnx(OnnxContext ctx) => mapping.CanSaveOnnx(ctx);
    public void SaveAsOnnx(OnnxContext ctx) => mapping.SaveAsOnnx(ctx);
    public void Save(ModelSaveContext ctx) => mapping.Save(ctx);

    /// <summary>Puts scores, if any is requested, beside the rows that they belong to.</summary>
    private sealed class Cursor(
        DataViewRowCursor rows, BatchedScores? scores, ImageMapping mapping, ColumnBindings columns, HashSet<int> active)
        : DataViewRowCursor
    {
        private readonly ValueGetter<DataViewRowId> _getId = rows.GetIdGetter();
        public override DataViewSchema Schema => columns.Schema;
        public override long Position => rows.Position;
        public override long Batch => rows.Batch;
        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);
        public override ValueGetter<DataViewRowId> GetIdGetter() => _getId;

        public override bool MoveNext()
        {
            bool isThere = rows.MoveNext();
            if (scores is null || (isThere == scores.MoveNext() && (!isThere || IsSameRow())))
                return isThere;
            throw new InvalidOperationException("Two passes over the data gave different rows, so that scores cannot be put beside them. "
                + "Add ml.Data.Cache after the step whose output changes between passes.");
        }

        public override ValueGetter<T> GetGetter<T>(DataViewSchema.Column column) => ColumnGetters.Create<T>(this, column, _ =>
        {
            int number = columns.MapColumnIndex(out bool isInput, column.Index);
            return isInput ? rows.GetGetter<T>(rows.Schema[number]) : mapping.CreateGetter(number, () => scores!.Current);
        });

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                scores?.Dispose();
                rows.Dispose();
            }
            base.Dispose(disposing);
        }

        private bool IsSameRow()
        {
            DataViewRowId id = default;
            _getId(ref id);
            return id.Equals(scores!.CurrentId);
        }
    }
}
