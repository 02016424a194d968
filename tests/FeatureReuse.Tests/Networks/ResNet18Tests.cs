using System.Globalization;
using FeatureReuse.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Networks;

[TestClass]
public sealed class ResNet18Tests
{
    private static readonly string[] Golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Networks", "Goldens", "resnet18.txt"));

    private static ImageClassifier Build(Network network, int classes = 10)
        => network.Build(new ImageShape(3, 32, 32), InputNormalization.Symmetric, [new Head("main", [.. Enumerable.Range(0, classes).Select(c => $"{c}")], 0)], seed: 1);

    [TestMethod]
    public void Parameters_and_buffers_have_torchvisions_names_and_shapes()
    {
        using ImageClassifier network = Build(Network.ResNet18);
        string[] expected = [.. Golden.Where(line => line.StartsWith("name ", StringComparison.Ordinal)).Select(line => line[5..]).Order(StringComparer.Ordinal)];
        string[] actual = [.. network.state_dict().Select(entry => string.Join(' ', [entry.Key, .. entry.Value.shape.Select(size => $"{size}")])).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, actual);
    }

    [TestMethod]
    public void Logits_equal_those_of_PyTorch_from_the_same_weights()
    {
        using ImageClassifier network = Build(Network.ResNet18);
        network.eval();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            Fill(name, value);
        }
        Tensor pixels = Formula([2, 3, 32, 32], 0).add(1).mul(127.5).to_type(ScalarType.Byte);
        double[] expected = [.. Golden.Where(line => line.StartsWith("logits ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..]).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        TensorAssert.AreClose(expected, TensorAssert.Values(network.call(pixels)), rtol: 1e-4, atol: 1e-5, "logits");
    }

    [TestMethod]
    public void The_CIFAR_stem_keeps_the_resolution()
    {
        using ImageClassifier network = Build(Network.ResNet18CifarStem);
        using DisposeScope scope = NewDisposeScope();
        Tensor images = zeros([2, 3, 32, 32]);
        Assert.AreEqual(64 * 32 * 32, network.Activations(images, "stem").shape[1]);
        Assert.AreEqual(512 * 4 * 4, network.Activations(images, "layer4").shape[1]);
        CollectionAssert.AreEqual(new long[] { 64, 3, 3, 3 }, network.state_dict()["conv1.weight"].shape);
    }

    /// <summary>The formula of make_resnet18_golden.py.</summary>
    private static void Fill(string name, Tensor value)
    {
        if (value.dtype != ScalarType.Float32)
        {
            return;
        }
        Tensor wave = Formula(value.shape, name.Length);
        wave = value.dim() >= 2 ? wave.mul(Math.Sqrt(2.0 / value.shape[1..].Aggregate((a, b) => a * b)))
            : name.EndsWith("running_var", StringComparison.Ordinal) ? wave.mul(.5).add(1)
            : name.EndsWith("weight", StringComparison.Ordinal) ? wave.mul(.2).add(1)
            : wave.mul(.1);
        value.copy_(wave);
    }

    private static Tensor Formula(long[] shape, double phase)
    {
        double[] wave = [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(i => Math.Sin(i * .7 + phase))];
        return tensor(wave, shape);
    }
}
