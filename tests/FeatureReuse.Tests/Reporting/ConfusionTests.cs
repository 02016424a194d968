using System.Buffers.Binary;
using System.IO.Compression;
using TorchSharp;

namespace FeatureReuse.Tests.Reporting;

[TestClass]
public sealed class ConfusionTests
{
    private static TrainedClassifier Barely()
        => FastTraining.Train(FastTraining.Options with { LearningRate = .01, MaximumEpochs = 1 }, Images.Learnable(60));

    [TestMethod]
    public void Counts_are_those_of_the_largest_logits_whatever_the_order_of_the_class_names()
    {
        using TrainedClassifier classifier = Barely();
        ImageStore images = Images.Learnable(50, seed: 4);
        var reversed = new ImageStoreBuilder(images.Shape, images.PixelType, [.. images.ClassNames.Reverse()]);
        for (int row = 0; row < images.Count; row++)
            reversed.Add(images.PixelsOf(row, byte.MaxValue), 2 - images.Labels[row]);
        Confusion confusion = Confusion.From(classifier, reversed.Build());
        using IDisposable frozen = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor batch, torch.Tensor labels) = images.Gather([.. Enumerable.Range(0, images.Count)]);
        long[] predicted = [.. classifier.Network.call(batch).argmax(1).data<long>()];
        for (int actual = 0; actual < 3; actual++)
        {
            for (int guess = 0; guess < 3; guess++)
            {
                int expected = Enumerable.Range(0, images.Count).Count(row => images.Labels[row] == actual && predicted[row] == guess);
                Assert.AreEqual(expected, confusion.Counts[actual][guess], $"{actual} taken for {guess}");
            }
        }
        Assert.HasCount(Math.Min(12, predicted.Where((guess, row) => guess != images.Labels[row]).Count()), confusion.Worst);
        CollectionAssert.AreEqual(confusion.Worst.OrderByDescending(image => image.Probability).ToArray(), confusion.Worst.ToArray());
        Assert.IsTrue(confusion.Worst
            .All(image => image.ActualClass != image.PredictedClass && image.ActualClass == $"class {images.Labels[image.Row]}"));
    }

    [TestMethod]
    public void A_class_that_the_classifier_lacks_is_named()
    {
        using TrainedClassifier classifier = Barely();
        Failure.Requires<ArgumentException>("'class 3', which the classifier does not have",
            () => Confusion.From(classifier, Images.Learnable(8, classes: 4)));
    }

    /// <summary>Its size, and the bytes of its lines behind their filters.</summary>
    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void A_png_holds_the_pixels(int channels)
    {
        byte[] planes = [.. Enumerable.Range(0, channels * 2 * 3).Select(i => (byte)(i * 7))];
        byte[] png = PngImage.Encode(new ImageShape(channels, 2, 3), planes);
        Assert.AreEqual(3, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.AreEqual(2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var inflate = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        inflate.CopyTo(lines);
        byte[] expected = [.. Enumerable.Range(0, 2)
            .SelectMany(y => Enumerable.Range(0, 3).SelectMany(x => Enumerable.Range(0, channels).Select(c => planes[c * 6 + y * 3 + x]))
            .Prepend((byte)0))];
        CollectionAssert.AreEqual(expected, lines.ToArray());
    }
}
