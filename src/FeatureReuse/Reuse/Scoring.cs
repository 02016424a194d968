using FeatureReuse.Data;
using FeatureReuse.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Reuse;

/// <summary>What a classifier says about images in memory.</summary>
internal static class Scoring
{
    private const int BatchSize = 256;

    /// <summary>Log-probabilities of the classes, image by image, in the images' order.</summary>
    public static IEnumerable<float[]> LogProbabilities(TrainedClassifier classifier, ImageStore images, CancellationToken cancellation = default)
    {
        ImageClassifier network = classifier.Network;
        var order = new BatchOrder([.. Enumerable.Range(0, images.Count)], BatchSize, random: null);
        using var reader = new BatchReader(images, order);
        while (reader.Next() is (var batch, var labels))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (float[] row in Of(network, classifier.Head, batch, labels))
            {
                yield return row;
            }
        }
    }

    private static float[][] Of(ImageClassifier network, Head head, Tensor batch, Tensor labels)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using (batch)
        using (labels)
        {
            float[] values = ImageClassifier.Slice(network.call(batch.to(network.Device)), head).log_softmax(1).cpu().contiguous().data<float>().ToArray();
            return [.. values.Chunk(head.ClassCount)];
        }
    }
}
