using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Networks;

[TestClass]
public sealed class NetworkTests
{
    private static readonly Head TwoClasses = new("main", ["a", "b"], 0);

    private static ImageClassifier Small(int seed = 1, ImageShape? shape = null, InputNormalization? normalization = null)
        => NetworkArchitecture.SmallCnn.Build(shape ?? Images.Shape, normalization ?? InputNormalization.Symmetric, [TwoClasses], seed);

    [TestMethod]
    public void The_same_seed_draws_the_same_weights()
    {
        using ImageClassifier first = Small(7);
        using ImageClassifier second = Small(7);
        using ImageClassifier other = Small(8);
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor value) in first.state_dict())
            TensorAssert.AreClose(value, second.state_dict()[name], rtol: 0, atol: 0, name);
        Assert.AreNotEqual(first.state_dict()["conv1.weight"].sum().ToDouble(), other.state_dict()["conv1.weight"].sum().ToDouble());
    }

    [TestMethod]
    public void Bytes_and_floats_give_the_same_logits()
    {
        using ImageClassifier network = Small();
        network.eval();
        using DisposeScope scope = NewDisposeScope();
        Tensor bytes = randint(0, 256, [5, 3, 8, 8], ScalarType.Byte);
        TensorAssert.AreClose(network.call(bytes), network.call(bytes.to_type(ScalarType.Float32)), rtol: 0, atol: 0);
    }

    [TestMethod]
    public void Normalisation_is_pixel_over_maximum_minus_mean_over_deviation()
    {
        var shape = new ImageShape(2, 8, 8);
        var given = new InputNormalization { PixelMaximum = 10, Mean = [.2f, .4f], StandardDeviation = [.5f, 2f] };
        using ImageClassifier normalising = Small(1, shape, given);
        using ImageClassifier plain = Small(1, shape, new InputNormalization { PixelMaximum = 1, Mean = [0], StandardDeviation = [1] });
        normalising.eval();
        plain.eval();
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand([3, 2, 8, 8]).mul(10);
        Tensor first = images.narrow(1, 0, 1).div(10).sub(.2).div(.5);
        Tensor second = images.narrow(1, 1, 1).div(10).sub(.4).div(2);
        TensorAssert.AreClose(plain.call(cat([first, second], 1)), normalising.call(images), rtol: 1e-4, atol: 1e-5);
    }

    [TestMethod]
    public void A_new_head_leaves_the_old_logits_as_they_were()
    {
        using ImageClassifier network = Small();
        using ImageClassifier grown = network.CopyWithHead("other", ["x", "y", "z"], seed: 5);
        network.eval();
        grown.eval();
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand([3, 3, 8, 8]).mul(255);
        Tensor logits = grown.call(images);
        CollectionAssert.AreEqual(new long[] { 3, 5 }, logits.shape);
        TensorAssert.AreClose(network.call(images), ImageClassifier.Slice(logits, grown.HeadNamed("main")), rtol: 1e-6, atol: 1e-6);
    }

    [TestMethod]
    public void A_copy_shares_nothing()
    {
        using ImageClassifier network = Small();
        using ImageClassifier copy = network.Copy();
        using DisposeScope scope = NewDisposeScope();
        double before = copy.state_dict()["fc.bias"].sum().ToDouble();
        using (no_grad())
            network.state_dict()["fc.bias"].fill_(9);
        Assert.AreEqual(before, copy.state_dict()["fc.bias"].sum().ToDouble());
    }

    [TestMethod]
    public void Images_too_small_are_refused()
        => Failure.Requires<ArgumentException>("The images are 3x7x9; SmallCnn needs a height and width of at least 8 pixels.",
            () => Small(shape: new ImageShape(3, 7, 9)));

    [TestMethod]
    public void Statistics_for_another_number_of_channels_are_refused()
        => Failure.Requires<ArgumentException>("Mean has 3 values; it must have one, or 1, one for each channel of the images.",
            () => Small(shape: new ImageShape(1, 8, 8), normalization: InputNormalization.ImageNet));

    [TestMethod]
    public void An_unknown_layer_is_named_with_those_there_are()
    {
        using ImageClassifier network = Small();
        using Tensor images = zeros([1, 3, 8, 8]);
        Failure.Requires<ArgumentException>("SmallCnn has no layer 'layer9'; its layers are conv1, conv2, conv3, pooling, logits.",
            () => network.Activations(images, "layer9"));
    }
}
