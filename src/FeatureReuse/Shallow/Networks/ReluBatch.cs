namespace FeatureReuse;

/// <summary>Gathers the samples of one gradient step, task by task, into blocks of rows, the last of a task padded with zeros.</summary>
internal sealed class ReluBatch
{
    /// <summary>The number of rows that the kernels process at a time.</summary>
    public const int BlockLength = 8;

    private readonly IReadOnlyList<RegressionSamples> _tasks;
    private readonly (int Task, int Row)[] _order;
    private readonly SeededRandom? _random;
    private readonly int _batchSize;
    private readonly int _width;
    private int _next;

    public ReluBatch(IReadOnlyList<RegressionSamples> tasks, int? batchSize, int seed)
    {
        (_tasks, _width) = (tasks, tasks[0].Width);
        _order = [.. tasks.SelectMany((samples, task) => Enumerable.Range(0, samples.Count).Select(row => (task, row)))];
        _batchSize = Math.Min(batchSize ?? _order.Length, _order.Length);
        _random = _batchSize == _order.Length ? null : new SeededRandom(seed, RandomStream.ShallowBatchOrder);
        int blocks = (_batchSize + BlockLength - 1) / BlockLength + tasks.Count;
        Inputs = new float[blocks * BlockLength * _width];
        Labels = new float[blocks * BlockLength];
        TaskOfBlock = new int[blocks];
        StepsPerEpoch = (_order.Length + _batchSize - 1) / _batchSize;
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
        if (_next == 0)
            _random?.Shuffle<(int, int)>(_order);
        RowCount = Math.Min(_batchSize, _order.Length - _next);
        Gather(_order.AsSpan(_next, RowCount));
        _next = (_next + RowCount) % _order.Length;
    }

    private void Gather(ReadOnlySpan<(int Task, int Row)> places)
    {
        int at = 0;
        for (int task = 0; task < _tasks.Count; task++)
        {
            int first = at;
            foreach ((int owner, int row) in places)
            {
                if (owner == task)
                    Set(at++, _tasks[task].GetInput(row), _tasks[task].GetLabel(row));
            }
            while (at % BlockLength != 0)
                Set(at++, default, 0);
            TaskOfBlock.AsSpan((first / BlockLength)..(at / BlockLength)).Fill(task);
        }
        BlockCount = at / BlockLength;
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
