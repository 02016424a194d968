namespace FeatureReuse;

/// <summary>The batches of one task, and what an epoch measured on them.</summary>
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

    /// <summary>Gets the mean loss over the images of this epoch so far.</summary>
    public double Loss => _lossSum / _rows;

    /// <summary>Gets the fraction of images of this epoch so far that were classified correctly.</summary>
    public double Accuracy => (double)_correct / _rows;

    /// <summary>Gets the position. The order of every pass follows from the seed.</summary>
    public TaskPassState State => new(_passes, _batch, _lossSum, _correct, _rows);

    /// <summary>Shuffles and forgets what the last epoch measured.</summary>
    public void StartEpoch()
    {
        Restart();
        (_lossSum, _correct, _rows) = (0, 0, 0);
    }

    /// <summary>Continues at a position. No batch may have been read.</summary>
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

    /// <summary>Returns the next batch, starting another pass after the last one. The caller disposes the tensors.</summary>
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

    /// <summary>Adds the result of a step.</summary>
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
