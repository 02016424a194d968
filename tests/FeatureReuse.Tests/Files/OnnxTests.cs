using System.Text.Json;
using FeatureReuse.Tests.Shallow;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Files;

/// <summary>What ONNX Runtime makes of exported models.</summary>
[TestClass]
public sealed class OnnxTests : IDisposable
{
    private const double Tolerance = 1e-4;

    private static readonly ImageShape Shape = new(3, 32, 32);
    private static readonly int[] BatchSizes = [1, 7, 256];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("ResNet18")]
    [DataRow("ResNet18CifarStem")]
    [DataRow("SmallCnn")]
    [DataRow("ViT")]
    public void A_network_gives_the_same_probabilities_and_features(string name)
    {
        NetworkArchitecture architecture = NetworkArchitecture.Named(name);
        var normalization = new InputNormalization { Mean = [.4f, .5f, .6f], StandardDeviation = [.2f, .25f, .3f] };
        // A second head, whose logits come first: the exported one is a slice.
        using ImageClassifier network = architecture.Build(Shape, normalization,
            [new("other", ["x", "y", "z"], 0), new("main", ["cat", "dog \"big\"", "été"], 3)], seed: 4);
        Disturb(network);
        using var classifier = new TrainedClassifier(network, network.Heads[1], []);
        string model = _folder.PathOf($"{name}.onnx");
        classifier.ExportOnnx(model);
        using var session = new InferenceSession(model);
        Assert.AreEqual(JsonSerializer.Serialize(network.Heads[1].ClassNames), session.ModelMetadata.CustomMetadataMap["class_names"]);
        foreach (int count in name is "ResNet18CifarStem" or "ViT" ? BatchSizes[..2] : BatchSizes)
        {
            using IDisposable frozen = no_grad();
            using DisposeScope scope = NewDisposeScope();
            var pixels = new byte[count * Shape.Size];
            new Random(count).NextBytes(pixels);
            Tensor images = tensor(pixels, count, Shape.Channels, Shape.Height, Shape.Width);
            Dictionary<string, double[]> outputs = Run(session, Array.ConvertAll(pixels, pixel => (float)pixel), count, 3, 32, 32);
            TensorAssert.AreClose(TensorAssert.Values(ImageClassifier.Slice(network.call(images), network.Heads[1]).softmax(1)),
                outputs["probabilities"], rtol: 0, atol: Tolerance, $"probabilities of {count} images");
            TensorAssert.AreClose(TensorAssert.Values(network.Activations(images, network.LayerNames[^2])), outputs["features"],
                rtol: Tolerance, atol: Tolerance, $"features of {count} images");
        }
    }

    [TestMethod]
    public void Shallow_networks_give_the_same_scores()
    {
        const int Width = 6;
        var random = new Random(1);
        var diagonal = new DiagonalNetwork(Width, scale: 1);
        for (int i = 0; i < Width; i++)
            diagonal.First.Plus[i] = (float)random.NextDouble();
        var relu = new TwoLayerReluNetwork(Width, 33, scale: 1, seed: 2);
        LearnedFeatures features = UntrainedFeatures.Draw(Width, 9, seed: 3);
        using InferenceSession diagonalSession = SessionOf(OnnxShallow.GraphOf(diagonal));
        using InferenceSession reluSession = SessionOf(OnnxShallow.GraphOf(relu));
        using InferenceSession featuresSession = SessionOf(OnnxShallow.GraphOf(features));
        foreach (int count in BatchSizes)
        {
            float[] inputs = [.. Enumerable.Range(0, count * Width).Select(_ => (float)(random.NextDouble() * 4 - 2))];
            void RequireSame(string name, InferenceSession session, string output, Func<float[], float[]> compute)
                => TensorAssert.AreClose([.. inputs.Chunk(Width).SelectMany(compute).Select(value => (double)value)],
                    Run(session, inputs, count, Width)[output],
                    rtol: Tolerance, atol: Tolerance, name);
            RequireSame("diagonal linear", diagonalSession, "score", row => [diagonal.Predict(row)]);
            RequireSame("two-layer ReLU", reluSession, "score", row => [relu.Predict(row)]);
            RequireSame("features of many tasks", featuresSession, "features", row =>
            {
                var values = new float[9];
                features.Compute(row, values);
                return values;
            });
        }
    }

    [TestMethod]
    public void A_custom_network_is_refused_with_what_can_be_done()
    {
        using ImageClassifier network =
            LinearNetwork.Create("NotForOnnx").Build(Shape, InputNormalization.Symmetric, [new("main", ["a", "b"], 0)], seed: 1);
        using var classifier = new TrainedClassifier(network, network.Heads[0], []);
        string path = _folder.PathOf("custom.onnx");
        Failure.Requires<NotSupportedException>("ExportWeights", () => classifier.ExportOnnx(path));
        Assert.IsFalse(File.Exists(path));
    }

    /// <summary>Running statistics and normalisation weights as after training, not 0 and 1.</summary>
    private static void Disturb(ImageClassifier network)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            bool IsVector(string suffix) => value.dim() == 1 && name.EndsWith(suffix, StringComparison.Ordinal);
            if (IsVector("running_mean") || IsVector("bias"))
                value.copy_(randn(value.shape).mul(.1));
            else if (IsVector("running_var") || IsVector("weight"))
                value.copy_(rand(value.shape).add(.5));
        }
        network.eval();
    }

    private InferenceSession SessionOf(OnnxGraph graph)
    {
        string path = _folder.PathOf("shallow.onnx");
        graph.Save(path);
        return new InferenceSession(File.ReadAllBytes(path));
    }

    /// <summary>The outputs by their names.</summary>
    private static Dictionary<string, double[]> Run(InferenceSession session, float[] inputs, params long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(inputs, shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            session.Run(options, [session.InputNames.Single()], [input], session.OutputNames);
        return session.OutputNames.Zip(outputs).ToDictionary(output => output.First, output =>
        {
            Assert.AreEqual(shape[0], output.Second.GetTensorTypeAndShape().Shape[0], $"rows of {output.First}");
            return Array.ConvertAll(output.Second.GetTensorDataAsSpan<float>().ToArray(), value => (double)value);
        });
    }
}
