namespace FeatureReuse;

/// <summary>The batches of one task, and what an epoch measured on them. Begins where the state says, and keeps it up to date.</summary>
internal sealed class TaskPass(TrainingTask task, BatchOrder order, LoopState.TaskState state, Tensor? classWeights = null) : IDisposable
{
    private BatchReader? _reader = Resume(task.Images, order, state);

    public Head Head => task.Head;
    public double Weight => task.Weight;
    public Tensor? ClassWeights => classWeights;
    public int BatchCount => order.BatchCount;

    /// <summary>Gets the mean loss over the images of this epoch so far.</summary>
    public double Loss => state.LossSum / state.Rows;

    /// <summary>Gets the fraction of images of this epoch so far that were classified correctly.</summary>
    public double Accuracy => (double)state.Correct / state.Rows;

    /// <summary>Shuffles and forgets what the last epoch measured.</summary>
    public void StartEpoch()
    {
        Restart();
        (state.LossSum, state.Correct, state.Rows) = (0, 0, 0);
    }

    /// <summary>Returns the next batch, starting another pass after the last one. The caller disposes the tensors.</summary>
    public (Tensor Images, Tensor Labels) Next()
    {
        if (state.Batch == order.BatchCount)
            Restart();
        state.Batch++;
        return _reader!.Next()!.Value;
    }

    /// <summary>Adds the result of a step.</summary>
    public void Count(double loss, long correct, long rows)
    {
        state.LossSum += loss * rows;
        state.Correct += correct;
        state.Rows += rows;
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
        state.Passes++;
        state.Batch = 0;
        _reader = new BatchReader(task.Images, order);
    }

    private static BatchReader? Resume(ImageStore images, BatchOrder order, LoopState.TaskState state)
    {
        for (int pass = 0; pass < state.Passes; pass++)
            order.StartEpoch();
        return state.Passes == 0 ? null : new BatchReader(images, order, state.Batch);
    }
}
