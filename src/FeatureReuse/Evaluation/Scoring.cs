namespace FeatureReuse;

/// <summary>Classifies images in memory.</summary>
internal static class Scoring
{
    /// <summary>Returns the logarithms of the class probabilities, a row for each image.</summary>
    public static float[][] LogProbabilities(
        ImageClassifier network, Head head, ImageStore images, CancellationToken cancellation = default)
        => Inference.Rows(images, network.Device, batch => ImageClassifier.Slice(network.call(batch), head).log_softmax(1), cancellation);

    /// <summary>Returns the logarithms of the class probabilities, and the labels as classes of the head.</summary>
    public static (float[][] LogProbabilities, int[] Labels) Labelled(
        ImageClassifier network, Head head, ImageStore images, CancellationToken cancellation)
    {
        if (images.Count == 0 || images.Shape != network.Input)
        {
            throw new ArgumentException(
                $"There are {images.Count} images of {images.Shape}; the network needs at least one of {network.Input}.", nameof(images));
        }
        string[] classes = [.. head.ClassNames];
        int[] classOf = [.. images.ClassNames.Select(name => Array.IndexOf(classes, name))];
        int[] labels = [.. images.Labels.ToArray().Select(label => classOf[label])];
        int unknown = Array.IndexOf(labels, -1);
        if (unknown < 0)
            return (LogProbabilities(network, head, images, cancellation), labels);
        string name = images.ClassNames[images.Labels[unknown]];
        throw new ArgumentException($"Image {unknown} is of class '{name}', which the classifier does not have.", nameof(images));
    }
}
