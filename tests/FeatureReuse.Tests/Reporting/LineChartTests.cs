using System.Globalization;
using System.Xml.Linq;

namespace FeatureReuse.Tests.Reporting;

[TestClass]
public sealed class LineChartTests
{
    private static readonly LineChart Chart = new("chart", "Loss <of> a & b", "rows", "loss",
    [
        new("a", [new(16, 1, .5, 2), new(64, 1e-2, 1e-2, 1e-2), new(32, .1, .1, .1)]),
        new("b", [new(16, 1e-4, 1e-5, 1e-3)]),
        new("a", [new(16, 1, 1, 1)]),
    ], IsLogY: true);

    [TestMethod]
    public void Equal_ratios_are_equally_far_apart()
    {
        double[][] places = Places(Chart, 0);
        Assert.AreEqual(places[1][0] - places[0][0], places[2][0] - places[1][0], .11, "from 16 to 32 and from 32 to 64");
        Assert.AreEqual(places[1][1] - places[0][1], places[2][1] - places[1][1], .11, "from 1 to .1 and from .1 to .01");
        TensorAssert.IsBelow(places[1][0], places[0][0]);
        TensorAssert.IsBelow(places[1][1], places[0][1], "A smaller loss lies further down.");
    }

    [TestMethod]
    public void The_document_is_whole_and_names_its_lines()
    {
        XElement svg = Chart.ToElement();
        Assert.AreEqual("Loss <of> a & b", svg.Elements().First(element => element.Name.LocalName == "title").Value);
        string[] labels = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        CollectionAssert.IsSubsetOf(new[] { "16", "32", "64", "0.01", "1", "rows", "loss", "a", "b" }, labels);
        Assert.AreEqual(1, labels.Count(label => label == "a"), "Lines of one name share an entry of the legend.");
    }

    [TestMethod]
    public void Everything_lies_on_the_page()
    {
        foreach (LineChart chart in new[] { Chart, Chart with { IsLogX = false, IsLogY = false },
            Chart with { Series = [new("one point", [new(5, 3, 3, 3)])] } })
        {
            XElement svg = chart.ToElement();
            foreach (XAttribute place in svg.Descendants().Where(element => element.Name.LocalName is "line" or "text").Attributes()
                .Where(attribute => attribute.Name.LocalName is "x" or "x1" or "x2" or "y" or "y1" or "y2"))
            {
                double value = double.Parse(place.Value, CultureInfo.InvariantCulture);
                Assert.IsInRange(0, place.Name.LocalName[0] == 'x' ? 440 : 360 + 22 * 2.5, value, place.Parent!.ToString());
            }
        }
    }

    [TestMethod]
    [DataRow(0.0, "The line 'zero' has the value 0; it must be finite and above 0 on a logarithmic axis.")]
    [DataRow(double.NaN, "The line 'zero' has the value NaN; it must be finite and above 0 on a logarithmic axis.")]
    public void A_value_without_a_place_is_an_error(double value, string expected)
        => Assert.AreEqual(expected,
            Assert.ThrowsExactly<ArgumentException>(()
            => (Chart with { Series = [new("zero", [new(1, value, value, value)])] }).ToElement()).Message);

    [TestMethod]
    public void A_chart_without_points_is_an_error()
        => Assert.AreEqual("The chart 'Loss <of> a & b' has no points.",
            Assert.ThrowsExactly<ArgumentException>(() => (Chart with { Series = [] }).ToElement()).Message);

    /// <summary>The points of a line.</summary>
    private static double[][] Places(LineChart chart, int line)
        => [.. chart.ToElement().Descendants()
            .Where(element => element.Name.LocalName == "polyline").ElementAt(line).Attribute("points")!.Value.Split(' ')
            .Select(point => point.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())];
}
