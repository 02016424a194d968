namespace FeatureReuse;

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
            foreach (float[] row in Score(network, classifier.Head, batch, labels))
                yield return row;
        }
    }

    /// <summary>Log-probabilities of all images, and their labels as classes of the classifier.</summary>
    /// <exception cref="ArgumentException">There is no image, or a shape or a class does not fit.</exception>
    public static (float[][] LogProbabilities, int[] Labels) Labelled(TrainedClassifier classifier, ImageStore images, CancellationToken cancellation)
    {
        if (images.Count == 0 || images.Shape != classifier.Network.Input)
        {
            throw new ArgumentException($"There are {images.Count} images of {images.Shape}; it takes at least one of {classifier.Network.Input}.", nameof(images));
        }
        string[] classes = [.. classifier.Head.ClassNames];
        int[] classOf = [.. images.ClassNames.Select(name => Array.IndexOf(classes, name))];
        int[] labels = [.. images.Labels.ToArray().Select(label => classOf[label])];
        int unknown = Array.IndexOf(labels, -1);
        return unknown < 0 ? ([.. LogProbabilities(classifier, images, cancellation)], labels)
            : throw new ArgumentException($"Image {unknown} is of class '{images.ClassNames[images.Labels[unknown]]}', which the classifier does not have.", nameof(images));
    }

    private static float[][] Score(ImageClassifier network, Head head, Tensor batch, Tensor labels)
    {
        using IDisposable frozen = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        using (batch)
        using (labels)
        {
            float[] values = ImageClassifier.Slice(network.call(batch.to(network.Device)), head).log_softmax(1).cpu().contiguous().data<float>().ToArray();
            return [.. values.Chunk(head.ClassCount)];
        }
    }
}
