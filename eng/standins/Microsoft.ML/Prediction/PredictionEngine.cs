using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>How a prediction engine is made.</summary>
public sealed class PredictionEngineOptions
{
#pragma warning disable CA1051 // fields, as in ML.NET
    public bool IgnoreMissingColumns = true;
    public bool OwnsTransformer = true;
#pragma warning restore CA1051
}

/// <summary>Predicts object by object; for one thread at a time.</summary>
public sealed class PredictionEngine<TSrc, TDst> : IDisposable where TSrc : class where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly bool _ownsTransformer;
    private readonly SourceRow _source;
    private readonly DataViewRow _row;
    private readonly ObjectWriter<TDst> _writer;
    private bool _disposed;

    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        _transformer = transformer;
        _ownsTransformer = options.OwnsTransformer;
        if (!transformer.IsRowToRowMapper)
        {
            throw new ArgumentOutOfRangeException(nameof(transformer), "Must be a row to row mapper");
        }
        _source = new SourceRow();
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(_source.Schema);
        OutputSchema = mapper.OutputSchema;
        MemberColumn[] members = [.. MemberColumn.Of<TDst>().Where(member => OutputSchema.GetColumnOrNull(member.Name) is not null
            || (options.IgnoreMissingColumns ? false : throw new ArgumentOutOfRangeException(member.Name, $"Could not find column '{member.Name}'")))];
        _row = mapper.GetRow(_source, members.Select(member => OutputSchema[member.Name]));
        _writer = new ObjectWriter<TDst>(_row, members);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public void Predict(TSrc example, ref TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        _source.MoveTo(example);
        _writer.Write(prediction);
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        _row.Dispose();
        if (_ownsTransformer)
        {
            (_transformer as IDisposable)?.Dispose();
        }
    }

    private sealed class SourceRow : DataViewRow
    {
        private readonly ObjectReader<TSrc> _reader;
        private TSrc _current = null!;
        private long _position = -1;

        public SourceRow()
        {
            IReadOnlyList<MemberColumn> members = MemberColumn.Of<TSrc>();
            Schema = EnumerableDataView<TSrc>.SchemaOf(members);
            _reader = new ObjectReader<TSrc>(members, () => _current);
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema { get; }

        public void MoveTo(TSrc example)
        {
            _current = example;
            _position++;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => _reader.Getter(column.Index) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(TValue)} was asked for.");
    }
}
