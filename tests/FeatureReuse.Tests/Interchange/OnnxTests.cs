using System.Runtime.InteropServices;
using System.Text.Json;
using FeatureReuse.Interchange.Onnx;
using FeatureReuse.Networks;
using FeatureReuse.Reuse;
using FeatureReuse.Shallow;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Interchange;

/// <summary>What ONNX Runtime makes of exported models.</summary>
[TestClass]
public sealed class OnnxTests
{
    private const double Tolerance = 1e-4;

    private static readonly ImageShape Shape = new(3, 32, 32);
    private static readonly int[] BatchSizes = [1, 7, 256];

    public required TestContext TestContext { get; set; }

    private string PathOf(string name) => Path.Combine(TestContext.TestRunDirectory!, $"{TestContext.TestName}-{name}");

    [TestMethod]
    [DataRow("ResNet18")]
    [DataRow("ResNet18CifarStem")]
    [DataRow("SmallCnn")]
    [DataRow("ViT")]
    public void A_network_gives_the_same_probabilities_and_features(string name)
    {
        Network architecture = Network.Named(name);
        var normalization = new InputNormalization { Mean = [.4f, .5f, .6f], StandardDeviation = [.2f, .25f, .3f] };
        // A second head, whose logits come first: the exported one is a slice.
        using ImageClassifier network = architecture.Build(Shape, normalization, [new("other", ["x", "y", "z"], 0), new("main", ["cat", "dog \"big\"", "été"], 3)], seed: 4);
        Disturb(network);
        using var classifier = new TrainedClassifier(network, network.Heads[1], []);
        string model = PathOf($"{name}.onnx");
        classifier.ExportOnnx(model);
        foreach (int count in name == "ResNet18CifarStem" ? BatchSizes[..2] : BatchSizes)
        {
            using IDisposable frozen = no_grad();
            using DisposeScope scope = NewDisposeScope();
            var pixels = new byte[count * Shape.Size];
            new Random(count).NextBytes(pixels);
            Tensor images = tensor(pixels, count, Shape.Channels, Shape.Height, Shape.Width);
            Dictionary<string, double[]> outputs = Run(model, count, "3,32,32", Array.ConvertAll(pixels, pixel => (float)pixel));
            TensorAssert.AreClose(TensorAssert.Values(ImageClassifier.Slice(network.call(images), network.Heads[1]).softmax(1)), outputs["probabilities"], rtol: 0, atol: Tolerance, $"probabilities of {count} images");
            TensorAssert.AreClose(TensorAssert.Values(network.Activations(images, network.LayerNames[^2])), outputs["features"], rtol: Tolerance, atol: Tolerance, $"features of {count} images");
        }
        // The names stand in the file's metadata as JSON.
        StringAssert.Contains(System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(model)), JsonSerializer.Serialize(network.Heads[1].ClassNames));
    }

    [TestMethod]
    public void Shallow_networks_give_the_same_scores()
    {
        const int Width = 6;
        var random = new Random(1);
        var diagonal = new DiagonalNetwork(Width, scale: 1);
        for (int i = 0; i < Width; i++)
        {
            diagonal.First.Plus[i] = (float)random.NextDouble();
        }
        var relu = new TwoLayerReluNetwork(Width, 33, scale: 1, seed: 2);
        MultiTaskFeatures features = MultiTaskFeatures.Random(Width, 9, seed: 3);
        string model = PathOf("model.onnx");
        foreach (int count in BatchSizes)
        {
            float[] inputs = [.. Enumerable.Range(0, count * Width).Select(_ => (float)(random.NextDouble() * 4 - 2))];
            double[] Each(Func<float[], float[]> score) => [.. inputs.Chunk(Width).SelectMany(score).Select(value => (double)value)];
            OnnxFile.Write(model, OnnxShallow.GraphOf(diagonal));
            TensorAssert.AreClose(Each(row => [diagonal.Predict(row)]), Run(model, count, $"{Width}", inputs)["score"], rtol: Tolerance, atol: Tolerance, "diagonal linear");
            OnnxFile.Write(model, OnnxShallow.GraphOf(relu));
            TensorAssert.AreClose(Each(row => [relu.Predict(row)]), Run(model, count, $"{Width}", inputs)["score"], rtol: Tolerance, atol: Tolerance, "two-layer ReLU");
            OnnxFile.Write(model, OnnxShallow.GraphOf(features));
            TensorAssert.AreClose(Each(row =>
            {
                var values = new float[9];
                features.Compute(row, values);
                return values;
            }), Run(model, count, $"{Width}", inputs)["features"], rtol: Tolerance, atol: Tolerance, "features of many tasks");
        }
    }

    [TestMethod]
    public void A_network_of_ones_own_is_refused_with_what_can_be_done()
    {
        Network custom = Network.Register("NotForOnnx", new()
        {
            Create = (shape, logits) => nn.Sequential(("body", nn.Sequential(nn.Flatten(), nn.Linear(shape.Size, 4))), ("head", nn.Linear(4, logits))),
            LayerNames = ["body"],
            HeadName = "head",
        });
        using ImageClassifier network = custom.Build(Shape, InputNormalization.Symmetric, [new("main", ["a", "b"], 0)], seed: 1);
        using var classifier = new TrainedClassifier(network, network.Heads[0], []);
        string path = PathOf("custom.onnx");
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => classifier.ExportOnnx(path)).Message, "ExportWeights");
        Assert.IsFalse(File.Exists(path));
    }

    /// <summary>Running statistics and normalisation weights as after training, not 0 and 1.</summary>
    private static void Disturb(ImageClassifier network)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal) || (value.dim() == 1 && name.EndsWith("bias", StringComparison.Ordinal)))
            {
                value.copy_(randn(value.shape).mul(.1));
            }
            else if (name.EndsWith("running_var", StringComparison.Ordinal) || (value.dim() == 1 && name.EndsWith("weight", StringComparison.Ordinal)))
            {
                value.copy_(rand(value.shape).add(.5));
            }
        }
        network.eval();
    }

    private Dictionary<string, double[]> Run(string model, int count, string shape, float[] inputs)
    {
        (string input, string output) = (PathOf("input"), PathOf("output.json"));
        File.WriteAllBytes(input, MemoryMarshal.AsBytes<float>(inputs).ToArray());
        Peer.RunOnnx(Path.Combine(AppContext.BaseDirectory, "Interchange", "score.cjs"), shape, model, $"{count}", input, output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(output));
        return json.RootElement.EnumerateObject().ToDictionary(property => property.Name, property =>
        {
            Assert.AreEqual(count, property.Value.GetProperty("shape")[0].GetInt32(), $"rows of {property.Name}");
            return property.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        });
    }
}
