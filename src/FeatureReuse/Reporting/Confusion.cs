namespace FeatureReuse;

/// <summary>Counts which classes a classifier predicts for which, and keeps its most confident mistakes.</summary>
/// <param name="ClassNames">The classes, in the order of rows and columns.</param>
/// <param name="Counts">The number of images by true class (row) and predicted class (column).</param>
/// <param name="Worst">Misclassified images, the most confident mistake first.</param>
internal sealed record Confusion(IReadOnlyList<string> ClassNames, IReadOnlyList<int[]> Counts, IReadOnlyList<ConfusedImage> Worst)
{
    /// <summary>Classifies images and counts.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="images">Images of the classifier's shape; the names of their classes are among those of the classifier.</param>
    /// <param name="worstCount">The largest number of misclassified images to keep.</param>
    /// <param name="cancellation">Cancels at the next batch.</param>
    /// <exception cref="ArgumentException">There is no image, or a shape or a class does not fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Confusion From(
        TrainedClassifier classifier, ImageStore images, int worstCount = 12, CancellationToken cancellation = default)
    {
        Require.InRange(worstCount, 0, 1000, nameof(worstCount));
        (float[][] logs, int[] labels) = Scoring.Labelled(classifier.Network, classifier.Head, images, cancellation);
        string[] classes = [.. classifier.Head.ClassNames];
        int[] predicted = [.. logs.Select(scores => Array.IndexOf(scores, scores.Max()))];
        int[][] counts = [.. classes.Select(_ => new int[classes.Length])];
        for (int row = 0; row < labels.Length; row++)
            counts[labels[row]][predicted[row]]++;
        return new(classes, counts, [.. Enumerable.Range(0, labels.Length).Where(row => predicted[row] != labels[row])
            .Select(row => (Row: row, Probability: Math.Exp(logs[row][predicted[row]])))
            .OrderByDescending(image => image.Probability).ThenBy(image => image.Row).Take(worstCount)
            .Select(image => new ConfusedImage(image.Row, classes[labels[image.Row]], classes[predicted[image.Row]], image.Probability,
                PngImage.Encode(images.Shape, images.PixelsOf(image.Row, classifier.Network.Normalization.PixelMaximum))))]);
    }
}
