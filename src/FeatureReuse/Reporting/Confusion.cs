using System.Numerics.Tensors;
using System.Xml.Linq;
using static System.FormattableString;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Counts which classes (columns) a classifier predicts for which (rows), and keeps its most confident mistakes.</summary>
internal sealed record Confusion(IReadOnlyList<string> ClassNames, IReadOnlyList<int[]> Counts, IReadOnlyList<Confusion.Mistake> Worst)
{
    public const int MaximumWorstImages = 1000;

    /// <summary>The most classes that are shown as a matrix; for more, the most frequent mistakes are listed.</summary>
    private const int MostClasses = 20;
    private const int MostPairs = 20;

    /// <summary>A misclassified image: its row in the data, the probability of the predicted class, and the image as a PNG file.</summary>
    internal sealed record Mistake(int Row, string ActualClass, string PredictedClass, double Probability, byte[] Png);

    /// <summary>Classifies images whose classes are among those of the classifier, and counts.</summary>
    public static Confusion From(
        TrainedClassifier classifier, ImageStore images, int worstCount = 12, CancellationToken cancellation = default)
    {
        Require.InRange(worstCount, 0, MaximumWorstImages, nameof(worstCount));
        (float[][] logs, int[] labels) = Scoring.Labelled(classifier.Network, classifier.Head, images, cancellation);
        string[] classes = [.. classifier.Head.ClassNames];
        int[] predicted = [.. logs.Select(scores => TensorPrimitives.IndexOfMax<float>(scores))];
        int[][] counts = [.. classes.Select(_ => new int[classes.Length])];
        for (int row = 0; row < labels.Length; row++)
            counts[labels[row]][predicted[row]]++;
        return new(classes, counts, [.. Enumerable.Range(0, labels.Length).Where(row => predicted[row] != labels[row])
            .Select(row => (Row: row, Probability: Math.Exp(logs[row][predicted[row]])))
            .OrderByDescending(image => image.Probability).ThenBy(image => image.Row).Take(worstCount)
            .Select(image => new Mistake(image.Row, classes[labels[image.Row]], classes[predicted[image.Row]], image.Probability,
                PngImage.Encode(images.Shape, images.PixelsOf(image.Row, classifier.Network.Normalization.PixelMaximum))))]);
    }

    public XElement ToSection()
    {
        bool isSmall = ClassNames.Count <= MostClasses;
        (int Actual, int Predicted, int Images)[] pairs = [.. Counts.SelectMany((row, actual)
            => row.Select((images, predicted) => (actual, predicted, images))).Where(pair => pair.images > 0)];
        int total = pairs.Sum(pair => pair.Images);
        int right = pairs.Where(pair => pair.Actual == pair.Predicted).Sum(pair => pair.Images);
        ReportTable TableOf(string file, string caption, IEnumerable<(int Actual, int Predicted, int Images)> rows)
            => ReportTable.From(file, caption, rows, ("actual", pair => ClassNames[pair.Actual]),
                ("predicted", pair => ClassNames[pair.Predicted]), ("images", pair => pair.Images));
        return Section("confusion", "Confusion",
            Note(Invariant($"{right} of {total} test images are classified correctly ({100.0 * right / total:F1} %). ")
                + (isSmall ? "Rows are true classes, columns predicted ones." : "")),
            isSmall ? Scrolling("Confusion matrix", Matrix()) : Shown(TableOf("mistakes", "the most frequent mistakes",
                pairs.Where(pair => pair.Actual != pair.Predicted).OrderByDescending(pair => pair.Images).Take(MostPairs))),
            Download(TableOf("confusion", "images by true and predicted class", pairs)),
            Worst.Count == 0 ? null
                : new[] { Element("h3", "The most confident mistakes"), Element("ul", ("class", "gallery"), Worst.Select(Picture)) });
    }

    private XElement Matrix() => Element("table",
        Element("caption", "images by true class (row) and predicted class (column)"),
        Element("thead", Element("tr", ClassNames.Prepend("true class").Select(name => Element("th", ("scope", "col"), name)))),
        Element("tbody", Counts.Select((row, actual) => Element("tr", Element("th", ("scope", "row"), ClassNames[actual]),
            row.Select((images, predicted) => Element("td", actual == predicted ? ("class", "right") : null, images))))));

    private static XElement Picture(Mistake image) => Element("li",
        Element("img", ("alt", $"a {image.ActualClass} predicted as {image.PredictedClass}"),
            ("src", $"data:image/png;base64,{Convert.ToBase64String(image.Png)}")),
        Element("p", Invariant(
            $"{image.ActualClass}, predicted as {image.PredictedClass} ({100 * image.Probability:F1} %), row {image.Row}")));
}
