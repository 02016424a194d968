using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Data;

[TestClass]
public sealed class AugmentationTests
{
    private const int Count = 200;

    private static readonly InputNormalization Normalization = InputNormalization.Symmetric;

    /// <summary>Images whose every pixel has a value of its own, from 1 on, so that each can be found again.</summary>
    private static Tensor Numbered(int count = Count)
    {
        using DisposeScope scope = NewDisposeScope();
        return arange(1, 1 + 3 * 6 * 6, dtype: ScalarType.Byte).view(1, 3, 6, 6).expand(count, 3, 6,
            6).contiguous().MoveToOuterDisposeScope();
    }

    private static float[] Apply(Augmentation augmentation, Tensor images, long step = 0, int seed = 1)
    {
        augmentation.Validate();
        using DisposeScope scope = NewDisposeScope();
        return [.. new ImageAugmenter(augmentation, Normalization, seed).Apply(images, step, 0).Images
            .to_type(ScalarType.Float32).contiguous().data<float>()];
    }

    [TestMethod]
    public void Crops_are_parts_of_the_padded_image_and_flips_mirror_them()
    {
        using Tensor images = Numbered();
        float[] changed = Apply(new() { CropPadding = 2, FlipProbability = .5 }, images);
        HashSet<(int, int, bool)> seen = [];
        for (int image = 0; image < Count; image++)
        {
            (int Top, int Left, bool Flip)[] fits = [.. from top in Enumerable.Range(-2, 5) from left in Enumerable.Range(-2,
                5) from flip in new[] { false, true } where Fits(image, top, left, flip) select (top, left, flip)];
            Assert.HasCount(1, fits, $"image {image} is one crop of its original");
            seen.Add(fits[0]);
        }
        Assert.IsGreaterThan(40, seen.Count, "of 25 places on both sides nearly all occur among 200 images");

        bool Fits(int image, int top, int left, bool flip)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int y = 0; y < 6; y++)
                {
                    for (int x = 0; x < 6; x++)
                    {
                        int row = y + top;
                        int column = (flip ? 5 - x : x) + left;
                        float expected = row is >= 0 and < 6 && column is >= 0 and < 6 ? 1 + c * 36 + row * 6 + column : 0;
                        if (changed[((image * 3 + c) * 6 + y) * 6 + x] != expected)
                            return false;
                    }
                }
            }
            return true;
        }
    }

    [TestMethod]
    public void Brightness_multiplies_each_image_by_its_own_factor()
    {
        using Tensor images = full([Count, 3, 6, 6], 100f);
        float[] changed = Apply(new() { Brightness = .3 }, images);
        float[] factors = [.. changed.Chunk(3 * 36).Select(image => image.Distinct().Single() / 100)];
        Assert.IsTrue(factors.All(factor => factor is >= .7f and <= 1.3f));
        Assert.AreEqual(1, factors.Average(), .04, "mean of 200 factors uniform on .7 to 1.3: standard error .012");
        Assert.IsGreaterThan(.5f, factors.Max() - factors.Min());
    }

    [TestMethod]
    public void Contrast_keeps_the_mean_grey_and_saturation_each_pixels_grey()
    {
        using Tensor images = rand([Count, 3, 6, 6]).mul_(60).add_(90);
        float[] original = [.. images.data<float>()];
        static float Grey(float[] values, int image, int pixel)
            => .299f * values[image * 108 + pixel] + .587f * values[image * 108 + 36 + pixel] + .114f * values[image * 108 + 72 + pixel];
        static float MeanGrey(float[] values, int image) => Enumerable.Range(0, 36).Average(pixel => Grey(values, image, pixel));
        float[] contrasted = Apply(new() { Contrast = .5 }, images);
        float[] saturated = Apply(new() { Saturation = .5 }, images);
        for (int image = 0; image < Count; image++)
        {
            Assert.AreEqual(MeanGrey(original, image), MeanGrey(contrasted, image), 1e-2, "mean grey");
            Assert.AreEqual(Grey(original, image, 7), Grey(saturated, image, 7), 1e-2, "grey of a pixel");
        }
        Assert.IsTrue(contrasted.Zip(original).Any(pair => Math.Abs(pair.First - pair.Second) > 5));
        Assert.IsTrue(saturated.Zip(original).Any(pair => Math.Abs(pair.First - pair.Second) > 5));
    }

    [TestMethod]
    public void Cutout_blanks_a_square_with_the_mean()
    {
        using Tensor images = full([Count, 3, 6, 6], 200f);
        float[] changed = Apply(new() { CutoutSize = 3 }, images);
        foreach (float[] image in changed.Chunk(3 * 36))
        {
            Assert.IsTrue(image.All(value => value is 200f or 127.5f));
            int[] blank = [.. Enumerable.Range(0, 36).Where(pixel => image[pixel] == 127.5f)];
            int height = blank[^1] / 6 - blank[0] / 6 + 1;
            int width = blank.Max(pixel => pixel % 6) - blank.Min(pixel => pixel % 6) + 1;
            Assert.AreEqual(height * width, blank.Length, "the blank pixels fill their bounding box");
            // Three by three in the middle, two by two in a corner.
            Assert.IsTrue(height is 2 or 3 && width is 2 or 3, $"{height} x {width} blank pixels");
            CollectionAssert.AreEqual(image[..36], image[36..72]);
            CollectionAssert.AreEqual(image[..36], image[72..]);
        }
    }

    [TestMethod]
    public void Mixed_images_and_their_loss_share_two_of_the_batch()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand([16, 3, 6, 6]).mul_(255);
        var augmenter = new ImageAugmenter(new() { MixUp = .4 }, Normalization, seed: 1);
        List<double> shares = [];
        for (int step = 0; step < 300; step++)
        {
            AugmentedBatch batch = augmenter.Apply(images, step, 0);
            shares.Add(batch.Share);
            if (step == 0)
            {
                Tensor expected = images.mul(batch.Share).add(images.index_select(0, batch.Partners!).mul(1 - batch.Share));
                TensorAssert.AreClose(expected, batch.Images, rtol: 1e-5, atol: 1e-3, "mixed images");
                Tensor logits = randn([16, 4]);
                Tensor targets = randint(0, 4, [16], dtype: ScalarType.Int64);
                double both = batch.Share * nn.functional.cross_entropy(logits, targets).ToDouble()
                    + (1 - batch.Share) * nn.functional.cross_entropy(logits, targets.index_select(0, batch.Partners!)).ToDouble();
                Assert.AreEqual(both, Objective.Loss(logits, targets, null, 0, batch).ToDouble(), 1e-5);
            }
        }
        // Beta(a, a) has mean 1/2 and variance 1 / (4 (2 a + 1)).
        double mean = shares.Average();
        Assert.AreEqual(.5, mean, .1, "mean share, standard error .02");
        Assert.AreEqual(1 / (4 * 1.8), shares.Average(share => (share - mean) * (share - mean)), .03, "variance of the shares");
    }

    [TestMethod]
    public void What_is_drawn_depends_on_seed_and_step_alone()
    {
        using Tensor images = Numbered(20);
        Augmentation all = Augmentation.Standard with { Brightness = .2, CutoutSize = 3, MixUp = .2 };
        CollectionAssert.AreEqual(Apply(all, images, step: 3), Apply(all, images, step: 3));
        CollectionAssert.AreNotEqual(Apply(all, images, step: 3), Apply(all, images, step: 4));
        CollectionAssert.AreNotEqual(Apply(all, images, step: 3), Apply(all, images, step: 3, seed: 2));
    }

    [TestMethod]
    public void Training_learns_changed_images_and_a_probe_refuses_them()
    {
        TrainingOptions options = new() { LearningRate = .02, BatchSize = 16, MaximumEpochs = 12, Seed = 1, Device = ComputeDevice.Cpu,
            Augmentation = new() { CropPadding = 1, Brightness = .1 } };
        using TrainedClassifier trained = FeatureTransfer.Pretrain(Images.Learnable(60),
            new(NetworkArchitecture.SmallCnn) { Normalization = Normalization }, options);
        Assert.IsGreaterThan(.8, trained.LastTraining!.History.Epochs[^1].Accuracy);
        Assert.AreEqual(options.Augmentation, trained.LastTraining!.Options.Augmentation);
        Failure.Requires<ArgumentException>("Augmentation is given for a linear probe",
            () => FeatureTransfer.LinearProbe(trained, Images.Learnable(20), options));
    }
}
