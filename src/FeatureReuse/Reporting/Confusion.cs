namespace FeatureReuse;

/// <summary>Which classes a classifier takes for which, and the images it is most wrong about.</summary>
/// <param name="ClassNames">The classes, in the order of rows and columns.</param>
/// <param name="Counts">Images by true class (row) and predicted class (column).</param>
/// <param name="Worst">Images that are classified wrongly, the surest mistake first.</param>
public sealed record Confusion(IReadOnlyList<string> ClassNames, IReadOnlyList<IReadOnlyList<int>> Counts, IReadOnlyList<ConfusedImage> Worst)
{
    /// <summary>Classifies images and counts.</summary>
    /// <param name="classifier">What classifies.</param>
    /// <param name="images">Of the shape that the classifier takes; every label is a class of it, by name.</param>
    /// <param name="worstCount">How many images to keep.</param>
    /// <param name="cancellation">Ends it at the next batch.</param>
    /// <exception cref="ArgumentException">There is no image, or a shape or a class does not fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Confusion From(TrainedClassifier classifier, ImageStore images, int worstCount = 12, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(images);
        Require.InRange(worstCount, 0, 1000, nameof(worstCount));
        (float[][] logs, int[] labels) = Scoring.Labelled(classifier.Network, classifier.Head, images, cancellation);
        string[] classes = [.. classifier.Head.ClassNames];
        int[][] counts = [.. classes.Select(_ => new int[classes.Length])];
        List<(int Row, int Actual, int Predicted, double Probability)> wrong = [];
        for (int row = 0; row < labels.Length; row++)
        {
            float[] scores = logs[row];
            int actual = labels[row];
            int predicted = Array.IndexOf(scores, scores.Max());
            counts[actual][predicted]++;
            if (predicted != actual)
                wrong.Add((row, actual, predicted, Math.Exp(scores[predicted])));
        }
        return new(classes, counts, [.. wrong.OrderByDescending(image => image.Probability).ThenBy(image => image.Row).Take(worstCount)
            .Select(image => new ConfusedImage(image.Row, classes[image.Actual], classes[image.Predicted], image.Probability,
                PngImage.Encode(images.Shape, images.PixelsOf(image.Row, classifier.Network.Normalization.PixelMaximum))))]);
    }
}
