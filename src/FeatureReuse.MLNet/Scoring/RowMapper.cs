namespace FeatureReuse;

/// <summary>Scores one row at a time, for prediction engines.</summary>
internal sealed class RowMapper(ImageMapping mapping) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mapping.InputSchema;

    public DataViewSchema OutputSchema => mapping.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        DataViewSchema.Column[] depending = [.. dependingColumns];
        IEnumerable<int> indices = depending.Where(column => !mapping.IsComputed(column)).Select(column => column.Index);
        if (depending.Any(mapping.IsComputed))
            indices = indices.Append(mapping.InputImages.Index);
        return indices.Distinct().Select(index => InputSchema[index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (!ReferenceEquals(input.Schema, InputSchema))
            throw new ArgumentException("The row has another schema than the one that this mapper was made for.", nameof(input));
        return new ScoredRow(input, mapping, [.. activeColumns.Select(column => column.Index)]);
    }

    private sealed class ScoredRow : DataViewRow
    {
        private readonly DataViewRow _input;
        private readonly ImageMapping _mapping;
        private readonly HashSet<int> _active;
        private readonly Func<float[]> _compute;
        private float[] _values = [];
        private long _computedPosition = -1;

        public ScoredRow(DataViewRow input, ImageMapping mapping, HashSet<int> active)
        {
            _input = input;
            _mapping = mapping;
            _active = active;
            _compute = mapping.Images.PixelType == PixelType.Byte ? ComputeWith<byte>() : ComputeWith<float>();
        }

        public override DataViewSchema Schema => _mapping.OutputSchema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_mapping.IsComputed(column))
                return _input.GetGetter<TValue>(_mapping.InputSchema[column.Index]);
            return _mapping.CreateGetter(column, Current) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; a getter of {typeof(TValue).Name} was asked for.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }

        private ReadOnlyMemory<float> Current()
        {
            if (_computedPosition != _input.Position)
            {
                _values = _compute();
                _computedPosition = _input.Position;
            }
            return _values;
        }

        private Func<float[]> ComputeWith<T>() where T : unmanaged
        {
            ImageColumn images = _mapping.Images;
            if (!_input.IsColumnActive(_mapping.InputImages))
                return () => throw new InvalidOperationException($"Column '{images.Name}' is not active in the input row.");
            var image = new ImageGetter<T>(_input, images);
            return () => _mapping.Compute(image.Read(), 1);
        }
    }
}
