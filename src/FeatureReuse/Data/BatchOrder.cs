namespace FeatureReuse;

/// <summary>The order in which an epoch visits rows: a new permutation per epoch, every row once.</summary>
internal sealed class BatchOrder
{
    private readonly int[] _rows;
    private readonly int _batchSize;
    private readonly SeededRandom? _random;

    /// <summary>Creates the order. Without a generator, rows keep their order.</summary>
    public BatchOrder(ReadOnlySpan<int> rows, int batchSize, SeededRandom? random)
    {
        _rows = rows.ToArray();
        _batchSize = Math.Min(batchSize, rows.Length);
        _random = random;
        // Batch normalisation cannot train on one image, so a single last row joins the batch before it.
        int rest = _rows.Length % _batchSize;
        BatchCount = _rows.Length / _batchSize + (rest > 1 ? 1 : 0);
    }

    /// <summary>All rows in their order.</summary>
    public static BatchOrder Sequential(int rowCount, int batchSize) => new([.. Enumerable.Range(0, rowCount)], batchSize, random: null);

    public int BatchCount { get; }

    public int RowCount => _rows.Length;
    public void StartEpoch() => _random?.Shuffle<int>(_rows);

    public ReadOnlyMemory<int> Batch(int index)
    {
        int start = index * _batchSize;
        int end = index == BatchCount - 1 ? _rows.Length : start + _batchSize;
        return _rows.AsMemory(start, end - start);
    }
}
