namespace FeatureReuse;

/// <summary>The order in which an epoch visits rows: a new permutation per epoch, every row once. Without a generator, as given.</summary>
internal sealed class BatchOrder(ReadOnlySpan<int> rows, int batchSize, SeededRandom? random)
{
    private readonly int[] _rows = rows.ToArray();
    private readonly int _batchSize = Math.Min(batchSize, rows.Length);

    /// <summary>All rows in their order.</summary>
    public static BatchOrder Sequential(int rowCount, int batchSize) => new([.. Enumerable.Range(0, rowCount)], batchSize, random: null);

    /// <summary>Gets the number of batches. A single last row joins the batch before: batch normalisation cannot train on one.</summary>
    public int BatchCount => _rows.Length / _batchSize + (_rows.Length % _batchSize > 1 ? 1 : 0);

    public void StartEpoch() => random?.Shuffle<int>(_rows);

    public ReadOnlyMemory<int> Batch(int index)
    {
        int start = index * _batchSize;
        int end = index == BatchCount - 1 ? _rows.Length : start + _batchSize;
        return _rows.AsMemory(start, end - start);
    }
}
