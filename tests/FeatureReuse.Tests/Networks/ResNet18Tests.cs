using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Networks;

[TestClass]
public sealed class ResNet18Tests
{
    private static readonly NetworkGolden Golden = new("resnet18.txt");

    private static ImageClassifier Build(NetworkArchitecture network, int classes = 10)
        => network.Build(new ImageShape(3, 32, 32), InputNormalization.Symmetric,
            [new Head("main", [.. Enumerable.Range(0, classes).Select(c => $"{c}")], 0)], seed: 1);

    [TestMethod]
    public void Parameters_and_buffers_have_torchvisions_names_and_shapes()
    {
        using ImageClassifier network = Build(NetworkArchitecture.ResNet18);
        Golden.RequireNames(network);
    }

    [TestMethod]
    public void Logits_equal_those_of_PyTorch_from_the_same_weights()
    {
        using ImageClassifier network = Build(NetworkArchitecture.ResNet18);
        Golden.RequireLogits(network);
    }

    [TestMethod]
    public void The_CIFAR_stem_keeps_the_resolution()
    {
        using ImageClassifier network = Build(NetworkArchitecture.ResNet18CifarStem);
        using DisposeScope scope = NewDisposeScope();
        Tensor images = zeros([2, 3, 32, 32]);
        Assert.AreEqual(64 * 32 * 32, network.Activations(images, "stem").shape[1]);
        Assert.AreEqual(512 * 4 * 4, network.Activations(images, "layer4").shape[1]);
        CollectionAssert.AreEqual(new long[] { 64, 3, 3, 3 }, network.state_dict()["conv1.weight"].shape);
    }
}
