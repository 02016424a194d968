namespace FeatureReuse;

/// <summary>Gathers the samples of one gradient step, task by task, into blocks of rows, the last of a task padded with zeros.</summary>
internal sealed class ReluBatch
{
    /// <summary>The number of rows that the kernels process at a time.</summary>
    public const int BlockLength = 8;

    private readonly IReadOnlyList<RegressionSamples> _tasks;
    private readonly int[] _order;
    private readonly SeededRandom? _random;
    private readonly int _batchSize;
    private readonly int _width;
    private int _next;

    public ReluBatch(IReadOnlyList<RegressionSamples> tasks, int? batchSize, int seed)
    {
        _tasks = tasks;
        int count = tasks.Sum(task => task.Count);
        _batchSize = Math.Min(batchSize ?? count, count);
        _random = batchSize is null || batchSize >= count ? null : new SeededRandom(seed, RandomStream.ShallowBatchOrder);
        _order = [.. Enumerable.Range(0, count)];
        _width = tasks[0].Width;
        int blocks = (_batchSize + BlockLength - 1) / BlockLength + tasks.Count;
        Inputs = new float[blocks * BlockLength * _width];
        Labels = new float[blocks * BlockLength];
        TaskOfBlock = new int[blocks];
        StepsPerEpoch = (count + _batchSize - 1) / _batchSize;
        _next = count;
    }

    public int StepsPerEpoch { get; }

    /// <summary>Gets the inputs, [block, input, row of the block].</summary>
    public float[] Inputs { get; }
    public float[] Labels { get; }
    public int[] TaskOfBlock { get; }
    public int BlockCount { get; private set; }

    /// <summary>Gets the number of rows without padding.</summary>
    public int RowCount { get; private set; }

    /// <summary>Gathers the next step's rows. After the last step of an epoch, a new order begins.</summary>
    public void Next()
    {
        if (_random is null && RowCount > 0)
            return;
        if (_next == _order.Length)
        {
            _random?.Shuffle<int>(_order);
            _next = 0;
        }
        RowCount = Math.Min(_batchSize, _order.Length - _next);
        Gather(_order.AsSpan(_next, RowCount));
        _next += RowCount;
    }

    private void Gather(ReadOnlySpan<int> positions)
    {
        BlockCount = 0;
        int first = 0;
        for (int task = 0; task < _tasks.Count; task++)
        {
            RegressionSamples samples = _tasks[task];
            int row = BlockCount * BlockLength;
            foreach (int position in positions)
            {
                if (position >= first && position < first + samples.Count)
                    Set(row++, samples.GetInput(position - first), samples.GetLabel(position - first));
            }
            while (row % BlockLength != 0)
                Set(row++, default, 0);
            TaskOfBlock.AsSpan(BlockCount..(row / BlockLength)).Fill(task);
            BlockCount = row / BlockLength;
            first += samples.Count;
        }
    }

    /// <summary>Writes a row; without inputs, writes zeros.</summary>
    private void Set(int row, ReadOnlySpan<float> inputs, float label)
    {
        Labels[row] = label;
        int at = row / BlockLength * BlockLength * _width + row % BlockLength;
        for (int i = 0; i < _width; i++)
            Inputs[at + i * BlockLength] = inputs.IsEmpty ? 0 : inputs[i];
    }
}
