namespace FeatureReuse;

/// <summary>One task's batches, and what an epoch measured on them.</summary>
internal sealed class TaskPass(ImageStore images, Head head, BatchOrder order, double weight, Tensor? classWeights = null) : IDisposable
{
    private BatchReader? _reader;
    private int _passes;
    private int _batch;
    private double _lossSum;
    private long _correct;
    private long _rows;

    public Head Head => head;

    public double Weight => weight;

    public Tensor? ClassWeights => classWeights;

    public int BatchCount => order.BatchCount;

    /// <summary>Mean over the images seen in this epoch.</summary>
    public double Loss => _lossSum / _rows;

    /// <summary>Share of the images seen in this epoch.</summary>
    public double Accuracy => (double)_correct / _rows;

    /// <summary>Where it stands. The orders of all passes follow from the seed.</summary>
    public TaskPassState State => new(_passes, _batch, _lossSum, _correct, _rows);

    /// <summary>Shuffles, and forgets what the last epoch measured.</summary>
    public void StartEpoch()
    {
        Restart();
        (_lossSum, _correct, _rows) = (0, 0, 0);
    }

    /// <summary>Goes to where another one stood; from the beginning of the run.</summary>
    public void GoTo(TaskPassState state)
    {
        while (_passes < state.Passes)
        {
            order.StartEpoch();
            _passes++;
        }
        (_batch, _lossSum, _correct, _rows) = (state.Batch, state.LossSum, state.Correct, state.Rows);
        _reader = new BatchReader(images, order, _batch);
    }

    /// <summary>The next batch; behind the last one begins another pass. The caller's scope owns the tensors.</summary>
    public (Tensor Images, Tensor Labels) Next()
    {
        (Tensor, Tensor)? batch = _reader!.Next();
        if (batch is null)
        {
            Restart();
            batch = _reader.Next();
        }
        _batch++;
        return batch!.Value;
    }

    /// <summary>Adds a step's result.</summary>
    public void Count(double loss, long correct, long rows)
    {
        _lossSum += loss * rows;
        _correct += correct;
        _rows += rows;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        classWeights?.Dispose();
    }

    private void Restart()
    {
        _reader?.Dispose();
        order.StartEpoch();
        _passes++;
        _batch = 0;
        _reader = new BatchReader(images, order);
    }
}
