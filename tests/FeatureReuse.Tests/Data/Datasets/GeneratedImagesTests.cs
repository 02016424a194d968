using System.Security.Cryptography;

namespace FeatureReuse.Tests.Data.Datasets;

[TestClass]
public sealed class GeneratedImagesTests
{
    private const int Plane = 32 * 32;

    private static byte[] Draw(GeneratedImages images, long row)
    {
        var pixels = new byte[images.Shape.Size];
        images.ReadImage(row, pixels);
        return pixels;
    }

    /// <summary>The hash was made by this test; a machine or version on which it differs would not repeat published results.</summary>
    [TestMethod]
    public void Every_machine_draws_these_bytes()
    {
        var images = new GeneratedImages(new GeneratedImagesOptions { Seed = 7 });
        byte[] drawn = [.. Enumerable.Range(0, 64).SelectMany(row => Draw(images, row))];
        Assert.AreEqual("9D920F52C694546245C9AC7517DCCCFF7F0A26489060319CCD00C82E4BEB4D89", Convert.ToHexString(SHA256.HashData(drawn)));
    }

    [TestMethod]
    public void An_image_depends_on_its_row_and_seed_alone()
    {
        var images = new GeneratedImages(new GeneratedImagesOptions { Seed = 1 });
        byte[][] inOrder = [.. Enumerable.Range(0, 50).Select(row => Draw(images, row))];
        var atOnce = new byte[50][];
        Parallel.For(0, 50, index => atOnce[49 - index] = Draw(images, 49 - index));
        for (int row = 0; row < 50; row++)
            CollectionAssert.AreEqual(inOrder[row], atOnce[row], $"row {row}");
        Assert.AreEqual(50, inOrder.Select(Convert.ToHexString).Distinct().Count());
        CollectionAssert.AreNotEqual(inOrder[0], Draw(new GeneratedImages(new GeneratedImagesOptions { Seed = 2 }), 0));
    }

    [TestMethod]
    [DataRow(VisualFeatures.Shape, 2, 2)]
    [DataRow(VisualFeatures.Shape | VisualFeatures.Colour, 3, 9)]
    [DataRow(VisualFeatures.All, 4, 256)]
    public void Classes_are_all_combinations_and_equally_frequent(VisualFeatures features, int levels, int classes)
    {
        var images = new GeneratedImages(new GeneratedImagesOptions { Features = features, Levels = levels, Count = 3 * classes });
        Assert.AreEqual(classes, images.ClassNames.Distinct().Count());
        int[] perClass = new int[classes];
        for (int row = 0; row < images.Count; row++)
            perClass[images.ReadLabel(row)]++;
        CollectionAssert.AreEqual(Enumerable.Repeat(3, classes).ToArray(), perClass);
    }

    [TestMethod]
    public void The_colour_names_the_figures_colour()
    {
        Dictionary<string, double> redness = MeanByClass(VisualFeatures.Colour, pixels => Mean(pixels, 0) - Mean(pixels, 2));
        Assert.IsGreaterThan(redness["green"] + 5, redness["red"]);
        Assert.IsGreaterThan(redness["blue"] + 5, redness["green"]);
    }

    [TestMethod]
    public void The_orientation_names_the_direction_of_the_stripes()
    {
        // Brightness changes along the normal of the stripes, so that "vertical" stripes change from left to right.
        Dictionary<string, double> sideways = MeanByClass(VisualFeatures.Orientation, pixels => Change(pixels, 1) / Change(pixels, 32));
        Assert.IsGreaterThan(1.1, sideways["vertical"]);
        TensorAssert.IsBelow(.9, sideways["horizontal"]);
        Assert.AreEqual(1, sideways["rising"], .1);
        Assert.AreEqual(1, sideways["falling"], .1);
    }

    [TestMethod]
    public void The_spatial_frequency_names_the_width_of_the_stripes()
    {
        Dictionary<string, double> change = MeanByClass(VisualFeatures.SpatialFrequency, pixels => Change(pixels, 1) + Change(pixels, 32));
        string[] byChange = [.. change.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        CollectionAssert.AreEqual(new[] { "broad", "medium", "narrow", "fine" }, byChange);
    }

    [TestMethod]
    public void A_feature_that_makes_no_class_varies()
    {
        // The same statistic that tells colours apart says nothing where the classes are shapes.
        static double Redness(byte[] pixels) => Mean(pixels, 0) - Mean(pixels, 2);
        Dictionary<string, double> redness = MeanByClass(VisualFeatures.Shape, Redness);
        TensorAssert.IsBelow(4, redness.Values.Max() - redness.Values.Min());
        Dictionary<string, double> squares = MeanByClass(VisualFeatures.Shape, pixels => Math.Pow(Redness(pixels), 2));
        foreach ((string name, double mean) in redness)
            Assert.IsGreaterThan(5, Math.Sqrt(squares[name] - mean * mean), $"standard deviation within {name}");
    }

    [TestMethod]
    public void Options_out_of_range_are_named()
    {
        Named(new() { Count = 0 }, "Count is 0");
        Named(new() { Features = VisualFeatures.None }, "Features is None");
        Named(new() { Features = (VisualFeatures)64 }, "Features is 64");
        Named(new() { Levels = 5 }, "Levels is 5");
        Named(new() { Distractors = -1 }, "Distractors is -1");
        Named(new() { Noise = double.NaN }, "Noise is NaN");

        static void Named(GeneratedImagesOptions options, string expected)
            => Failure.Requires<ArgumentOutOfRangeException>(expected, () => new GeneratedImages(options));
    }

    private static Dictionary<string, double> MeanByClass(VisualFeatures features, Func<byte[], double> statistic)
    {
        var images = new GeneratedImages(new GeneratedImagesOptions { Features = features, Count = 1600 });
        return Enumerable.Range(0, (int)images.Count).GroupBy(row => images.ClassNames[images.ReadLabel(row)],
            row => statistic(Draw(images, row))).ToDictionary(group => group.Key, group => group.Average());
    }

    private static double Mean(byte[] pixels, int channel) => pixels.Skip(channel * Plane).Take(Plane).Average(value => value);

    /// <summary>The mean absolute difference of green values this many pixels apart.</summary>
    private static double Change(byte[] pixels, int distance)
        => Enumerable.Range(Plane, Plane - 32).Where(pixel => pixel % 32 != 31)
            .Average(pixel => Math.Abs(pixels[pixel] - pixels[pixel + distance]));
}
