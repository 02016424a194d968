using System.Globalization;
using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Which classes are taken for which.</summary>
internal static class ConfusionSection
{
    /// <summary>A larger matrix is read by nobody; then the most frequent mistakes are listed.</summary>
    private const int MostClasses = 20;
    private const int MostPairs = 20;

    public static XElement Build(Confusion confusion)
    {
        int count = confusion.ClassNames.Count;
        var pairs = from actual in Enumerable.Range(0, count)
                    from predicted in Enumerable.Range(0, count)
                    where confusion.Counts[actual][predicted] > 0
                    select new { Actual = actual, Predicted = predicted, Images = confusion.Counts[actual][predicted] };
        int total = confusion.Counts.Sum(row => row.Sum());
        int right = Enumerable.Range(0, count).Sum(c => confusion.Counts[c][c]);
        var all = new ReportTable("confusion", "images by true and predicted class", ["actual", "predicted", "images"],
            [.. pairs.Select(pair => new object?[] { confusion.ClassNames[pair.Actual], confusion.ClassNames[pair.Predicted], pair.Images })]);
        var worst = new ReportTable("mistakes", "the most frequent mistakes", all.Columns,
            [.. pairs.Where(pair => pair.Actual != pair.Predicted).OrderByDescending(pair => pair.Images).Take(MostPairs)
                .Select(pair => new object?[] { confusion.ClassNames[pair.Actual], confusion.ClassNames[pair.Predicted], pair.Images })]);
        return ReportPage.Section("confusion", "Confusion",
            ReportPage.Note(string.Create(CultureInfo.InvariantCulture, $"{right} of {total} test images are classified rightly ({100.0 * right / total:F1} %). {(count <= MostClasses ? "Rows are true classes, columns predicted ones." : "")}")),
            count <= MostClasses ? ReportPage.Scrolling("Confusion matrix", Matrix(confusion)) : ReportPage.Scrolling(worst.Caption, worst.ToElement()),
            ReportPage.Download(all),
            confusion.Worst.Count == 0 ? null : new object[] { new XElement("h3", "The surest mistakes"), new XElement("ul", new XAttribute("class", "gallery"), confusion.Worst.Select(Picture)) });
    }

    private static XElement Matrix(Confusion confusion) => new("table",
        new XElement("caption", "images by true class (row) and predicted class (column)"),
        new XElement("thead", new XElement("tr", new XElement("th", new XAttribute("scope", "col"), "true class"), confusion.ClassNames.Select(name => new XElement("th", new XAttribute("scope", "col"), name)))),
        new XElement("tbody", confusion.Counts.Select((row, actual) => new XElement("tr",
            new XElement("th", new XAttribute("scope", "row"), confusion.ClassNames[actual]),
            row.Select((images, predicted) => new XElement("td", actual == predicted ? new XAttribute("class", "right") : null, images))))));

    private static XElement Picture(ConfusedImage image) => new("li",
        new XElement("img", new XAttribute("alt", $"a {image.ActualClass} taken for a {image.PredictedClass}"), new XAttribute("src", "data:image/png;base64," + Convert.ToBase64String([.. image.Png]))),
        new XElement("p", string.Create(CultureInfo.InvariantCulture, $"{image.ActualClass}, taken for {image.PredictedClass} ({100 * image.Probability:F1} %), row {image.Row}")));
}
