using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Data;

[TestClass]
public sealed class ImageStoreTests
{
    private static readonly ImageShape Shape = new(1, 3, 5);

    private static ImageStoreBuilder Builder(PixelType type = PixelType.Byte) => new(Shape, type, ["a", "b"]);

    /// <summary>Numbers of rows around the size of a block.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow((1 << 19) / 15 - 1)]
    [DataRow((1 << 19) / 15)]
    [DataRow((1 << 19) / 15 + 1)]
    public void Rows_come_back_in_any_order(int count)
    {
        ImageStoreBuilder builder = Builder();
        for (int row = 0; row < count; row++)
            builder.Add([.. Enumerable.Range(0, Shape.Size).Select(i => (byte)(row + i))], row % 2);
        ImageStore store = builder.Build();
        Assert.AreEqual(count, store.Count);
        int[] rows = [count - 1, 0, count / 2];
        (Tensor images, Tensor labels) = store.Gather(rows);
        using (images)
        using (labels)
        {
            CollectionAssert.AreEqual(new long[] { 3, 1, 3, 5 }, images.shape);
            CollectionAssert.AreEqual(rows.SelectMany(row => Enumerable.Range(0, Shape.Size).Select(i => (byte)(row + i))).ToArray(),
                images.data<byte>().ToArray());
            CollectionAssert.AreEqual(rows.Select(row => (long)(row % 2)).ToArray(), labels.data<long>().ToArray());
        }
    }

    [TestMethod]
    public void Floats_keep_their_values()
    {
        ImageStoreBuilder builder = Builder(PixelType.Float32);
        float[] pixels = [.. Enumerable.Range(0, Shape.Size).Select(i => i / 7f)];
        builder.Add(pixels, 1);
        (Tensor images, Tensor labels) = builder.Build().Gather([0]);
        using (images)
        using (labels)
            CollectionAssert.AreEqual(pixels, images.data<float>().ToArray());
    }

    [TestMethod]
    public void A_pixel_that_is_not_finite_is_named()
    {
        var pixels = new float[Shape.Size];
        pixels[4] = float.NaN;
        InvalidDataException failure = Assert.ThrowsExactly<InvalidDataException>(() => Builder(PixelType.Float32).Add(pixels, 0));
        Assert.AreEqual("Image 0: pixel value 4 is NaN; pixels must be finite.", failure.Message);
    }

    [TestMethod]
    public void A_wrong_size_is_named()
    {
        InvalidDataException failure = Assert.ThrowsExactly<InvalidDataException>(() => Builder().Add(new byte[14], 0));
        Assert.AreEqual("Image 0 has 14 values; an image of 1x3x5 has 15.", failure.Message);
    }

    [TestMethod]
    public void A_label_out_of_range_is_named()
    {
        InvalidDataException failure = Assert.ThrowsExactly<InvalidDataException>(() => Builder().Add(new byte[15], 2));
        Assert.AreEqual("Image 0 has the label 2; labels run from 0 to 1.", failure.Message);
    }

    [TestMethod]
    public void Impossible_shapes_and_repeated_classes_are_refused()
    {
        Failure.Requires<ArgumentOutOfRangeException>("Channels is 17; it must lie between 1 and 16.",
            () => ImageStore.Create(new(17, 2, 2), ["a"], Array.Empty<(byte[], int)>()));
        Failure.Requires<ArgumentOutOfRangeException>("Width is 0;",
            () => ImageStore.Create(new(3, 2, 0), ["a"], Array.Empty<(byte[], int)>()));
        Failure.Requires<ArgumentException>("Two classes are named 'a'",
            () => ImageStore.Create(Shape, ["a", "b", "a"], Array.Empty<(float[], int)>()));
        Assert.ThrowsExactly<ArgumentNullException>(() => ImageStore.Create(Shape, ["a"], (IEnumerable<(byte[], int)>)null!));
    }

    [TestMethod]
    public void Fifty_thousand_CIFAR_images_need_no_more_than_their_pixels_and_labels()
    {
        var shape = new ImageShape(3, 32, 32);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var builder = new ImageStoreBuilder(shape, PixelType.Byte, ["a", "b"]);
        var pixels = new byte[shape.Size];
        for (int row = 0; row < 50_000; row++)
            builder.Add(pixels, row % 2);
        ImageStore store = builder.Build();
        builder = null;
        long used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.IsLessThanOrEqualTo(154_000_000, used, $"The store of {store.Count} images takes {used:N0} bytes.");
        GC.KeepAlive(store);
    }
}
