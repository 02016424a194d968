using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Networks;

[TestClass]
public sealed class VisionTransformerTests
{
    private static readonly NetworkGolden Golden = new("vit.txt");

    private static ImageClassifier Build(ImageShape? shape = null)
        => NetworkArchitecture.ViT.Build(shape ?? new ImageShape(3, 32, 32), InputNormalization.Symmetric,
            [new Head("main", [.. Enumerable.Range(0, 10).Select(c => $"{c}")], 0)], seed: 1);

    [TestMethod]
    public void Parameters_have_the_documented_names_and_shapes()
    {
        using ImageClassifier network = Build();
        Golden.RequireNames(network);
    }

    [TestMethod]
    public void Logits_equal_those_of_PyTorch_from_the_same_weights()
    {
        using ImageClassifier network = Build();
        Golden.RequireLogits(network);
    }

    [TestMethod]
    public void Every_layer_keeps_the_tokens_until_the_class_token_is_read()
    {
        using ImageClassifier network = Build(new ImageShape(1, 8, 12));
        using DisposeScope scope = NewDisposeScope();
        Tensor images = zeros([2, 1, 8, 12]);
        Assert.AreEqual((1 + 2 * 3) * 384, network.Activations(images, "embedding").shape[1]);
        Assert.AreEqual((1 + 2 * 3) * 384, network.Activations(images, "block7").shape[1]);
        Assert.AreEqual(384, network.Activations(images, "pooling").shape[1]);
        Assert.HasCount(10, network.LayerNames);
    }

    [TestMethod]
    public void Images_that_are_no_whole_number_of_patches_are_refused()
        => Failure.Requires<ArgumentException>("The images are 3x30x32; ViT needs a height and width that are multiples of 4.",
            () => Build(new ImageShape(3, 30, 32)));
}
