namespace FeatureReuse;

/// <summary>Reads batches in order, gathering the next one while the caller works on the current one.</summary>
internal sealed class BatchReader(ImageStore images, BatchOrder order, int start = 0) : IDisposable
{
    private Task<(Tensor Images, Tensor Labels)>? _next;
    private int _index = start;

    /// <summary>Returns the next batch of the epoch, or null at its end. The caller disposes the tensors.</summary>
    public (Tensor Images, Tensor Labels)? Next()
    {
        if (_index == order.BatchCount)
            return null;
        (Tensor Images, Tensor Labels) batch = _next?.GetAwaiter().GetResult() ?? images.Gather(order.Batch(_index).Span);
        _next = null;
        if (++_index < order.BatchCount)
        {
            ReadOnlyMemory<int> rows = order.Batch(_index);
            _next = Task.Run(() => images.Gather(rows.Span));
        }
        return batch;
    }

    public void Dispose()
    {
        if (_next is null)
            return;
        ((IAsyncResult)_next).AsyncWaitHandle.WaitOne();
        // A read that failed has nothing to dispose, and must not hide the error that ended the training.
        if (_next.IsCompletedSuccessfully)
        {
            (Tensor unusedImages, Tensor unusedLabels) = _next.Result;
            unusedImages.Dispose();
            unusedLabels.Dispose();
        }
    }
}
