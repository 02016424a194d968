using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Networks;

[TestClass]
public sealed class GradientTests
{
    /// <summary>Small enough not to cross the kinks of ReLU, large enough for rounding in double precision.</summary>
    private const double Step = 1e-7;

    public static IEnumerable<object[]> Cases =>
    [
        [NetworkArchitecture.SmallCnn, 8, true], [NetworkArchitecture.SmallCnn, 9, false], [NetworkArchitecture.ResNet18, 16, true],
        [NetworkArchitecture.ResNet18CifarStem, 8, false],
    ];

    /// <summary>
    /// For every parameter: the slope of the loss along a random direction, by back-propagation and by central differences.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Gradients_equal_central_differences(NetworkArchitecture network, int side, bool training)
    {
        using ImageClassifier classifier = network.Build(new ImageShape(3, side, side), InputNormalization.Symmetric,
            [new Head("a", ["x", "y"], 0), new Head("b", ["x", "y", "z"], 2)], seed: 3);
        classifier.to(ScalarType.Float64);
        classifier.train(training);
        using DisposeScope scope = NewDisposeScope();
        manual_seed(5);
        Tensor images = rand([4, 3, side, side], dtype: ScalarType.Float64).mul(255);
        Tensor labels = tensor(new long[] { 0, 1, 2, 1 });
        Tensor Loss() => nn.functional.cross_entropy(ImageClassifier.Slice(classifier.call(images), classifier.Heads[1]), labels);

        Loss().backward();
        foreach ((string name, Parameter parameter) in classifier.named_parameters())
        {
            using DisposeScope inner = NewDisposeScope();
            Tensor direction = randn_like(parameter).div(Math.Sqrt(parameter.numel()));
            double slope = parameter.grad!.mul(direction).sum().ToDouble();
            double difference;
            using (no_grad())
            {
                parameter.add_(direction, Step);
                double above = Loss().ToDouble();
                parameter.add_(direction, -2 * Step);
                double below = Loss().ToDouble();
                parameter.add_(direction, Step);
                difference = (above - below) / (2 * Step);
            }
            TensorAssert.AreClose([difference], [slope], rtol: 1e-4, atol: 2e-8, name);
        }
    }
}
