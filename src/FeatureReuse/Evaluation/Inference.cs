namespace FeatureReuse;

/// <summary>Passes images through networks without gradients. The caller chooses evaluation or training mode.</summary>
internal static class Inference
{
    public const int BatchSize = 256;

    /// <summary>Calls a function for each batch, with the images on the device and the labels on the processor.</summary>
    public static void ForEachBatch(ImageStore images, BatchOrder order, Device device, Action<Tensor, Tensor> use,
        CancellationToken cancellation = default)
    {
        using var reader = new BatchReader(images, order);
        while (reader.Next() is { } next)
        {
            using Tensor batch = next.Images;
            using Tensor labels = next.Labels;
            cancellation.ThrowIfCancellationRequested();
            using IDisposable frozen = inference_mode();
            using DisposeScope scope = NewDisposeScope();
            use(batch.to(device), labels);
        }
    }

    /// <summary>Returns what a function computes from all images, a row for each.</summary>
    public static float[][] Rows(ImageStore images, Device device, Func<Tensor, Tensor> forward, CancellationToken cancellation = default)
    {
        List<float[]> rows = [];
        ForEachBatch(images, BatchOrder.Sequential(images.Count, BatchSize), device, (batch, labels) =>
        {
            float[] values = Values(() => forward(batch));
            rows.AddRange(values.Chunk(values.Length / (int)labels.shape[0]));
        }, cancellation);
        return [.. rows];
    }

    /// <summary>Returns the number of activations of each layer, for one image.</summary>
    public static long[] LayerWidths(ImageClassifier network)
    {
        using IDisposable frozen = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        Tensor image = zeros([1, network.Input.Channels, network.Input.Height, network.Input.Width], device: network.Device);
        return [.. network.Walk(image).Select(activation => activation.numel())];
    }

    /// <summary>Returns the values of a tensor of floats that a function computes.</summary>
    public static float[] Values(Func<Tensor> forward)
    {
        using IDisposable frozen = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        return forward().cpu().contiguous().data<float>().ToArray();
    }
}
