using System.Xml.Linq;
using static System.FormattableString;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Shows which classes are predicted for which, and misclassified images.</summary>
internal static class ConfusionSection
{
    /// <summary>The most classes that are shown as a matrix; for more, the most frequent mistakes are listed.</summary>
    private const int MostClasses = 20;
    private const int MostPairs = 20;

    public static XElement Build(Confusion confusion)
    {
        IReadOnlyList<string> names = confusion.ClassNames;
        bool isSmall = names.Count <= MostClasses;
        (int Actual, int Predicted, int Images)[] pairs = [.. confusion.Counts.SelectMany((row, actual)
            => row.Select((images, predicted) => (actual, predicted, images))).Where(pair => pair.images > 0)];
        int total = pairs.Sum(pair => pair.Images);
        int right = pairs.Where(pair => pair.Actual == pair.Predicted).Sum(pair => pair.Images);
        ReportTable TableOf(string file, string caption, IEnumerable<(int Actual, int Predicted, int Images)> rows)
            => ReportTable.From(file, caption, rows, ("actual", pair => names[pair.Actual]), ("predicted", pair => names[pair.Predicted]),
                ("images", pair => pair.Images));
        ReportTable worst = TableOf("mistakes", "the most frequent mistakes",
            pairs.Where(pair => pair.Actual != pair.Predicted).OrderByDescending(pair => pair.Images).Take(MostPairs));
        return ReportPage.Section("confusion", "Confusion",
            ReportPage.Note(Invariant($"{right} of {total} test images are classified correctly ({100.0 * right / total:F1} %). ")
                + (isSmall ? "Rows are true classes, columns predicted ones." : "")),
            isSmall ? ReportPage.Scrolling("Confusion matrix", Matrix(confusion)) : ReportPage.Scrolling(worst.Caption, worst.ToElement()),
            ReportPage.Download(TableOf("confusion", "images by true and predicted class", pairs)),
            confusion.Worst.Count == 0 ? null : new[]
            {
                Element("h3", "The most confident mistakes"), Element("ul", ("class", "gallery"), confusion.Worst.Select(Picture)),
            });
    }

    private static XElement Matrix(Confusion confusion) => Element("table",
        Element("caption", "images by true class (row) and predicted class (column)"),
        Element("thead", Element("tr", confusion.ClassNames.Prepend("true class").Select(name => Element("th", ("scope", "col"), name)))),
        Element("tbody", confusion.Counts.Select((row, actual) => Element("tr",
            Element("th", ("scope", "row"), confusion.ClassNames[actual]),
            row.Select((images, predicted) => Element("td", actual == predicted ? ("class", "right") : null, images))))));

    private static XElement Picture(ConfusedImage image) => Element("li",
        Element("img", ("alt", $"a {image.ActualClass} predicted as {image.PredictedClass}"),
            ("src", $"data:image/png;base64,{Convert.ToBase64String(image.Png)}")),
        Element("p", Invariant(
            $"{image.ActualClass}, predicted as {image.PredictedClass} ({100 * image.Probability:F1} %), row {image.Row}")));
}
