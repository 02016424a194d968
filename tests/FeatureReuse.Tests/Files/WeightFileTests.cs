using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Files;

[TestClass]
public sealed class WeightFileTests : IDisposable
{
    /// <summary>Logits of both programs: the same sums in another order.</summary>
    private const double Tolerance = 1e-5;

    private const int Count = 5;

    private static readonly ImageShape Shape = new(3, 32, 32);
    private static readonly string[] Classes = ["a", "b", "c", "d"];

    private static readonly NetworkArchitecture Tiny = NetworkArchitecture.Create("TinyOfGolden", new()
    {
        CreateModule = (shape, logits) => nn.Sequential(
            ("body", nn.Sequential(Convolution(), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten())),
            ("head", nn.Linear(4 * 7 * 7, logits))),
        LayerNames = ["body"],
        HeadName = "head",
    });

    /// <summary>
    /// TorchSharp leaves a view of the weights to the garbage collector where there is a bias; in a scope it is freed, and the parameters
    /// leave the scope.
    /// </summary>
    private static Conv2d Convolution()
    {
        using DisposeScope scope = NewDisposeScope();
        return nn.Conv2d(3, 4, 5, stride: 4);
    }

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string ScriptOf(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);

    private static NetworkArchitecture NetworkOf(string name) => NetworkArchitecture.Named(name == "Tiny" ? Tiny.Name : name, Tiny);

    [TestMethod]
    [DataRow("ResNet18")]
    [DataRow("ViT")]
    [DataRow("SmallCnn")]
    [DataRow("Tiny")]
    public void What_PyTorch_wrote_loads_here_and_gives_its_logits(string kind)
    {
        (string weights, string images, string logits) =
            (_folder.PathOf($"{kind}.safetensors"), _folder.PathOf($"{kind}.images"), _folder.PathOf($"{kind}.logits"));
        byte[] pixels = WriteImages(images);
        PyTorch.RunScript(ScriptOf("pytorch_weights.py"), "write", kind, weights, images, logits);
        (TrainedClassifier loaded, WeightDifferences differences) =
            TrainedClassifier.ImportWeights(weights, NetworkOf(kind), Shape, InputNormalization.Symmetric);
        using (loaded)
        {
            Assert.IsTrue(differences.IsEmpty);
            CollectionAssert.AreEqual(new[] { "0", "1", "2", "3" }, loaded.Head.ClassNames.ToArray());
            RequireLogits(logits, loaded, pixels);
        }
    }

    [TestMethod]
    [DataRow("ResNet18")]
    [DataRow("ViT")]
    [DataRow("SmallCnn")]
    [DataRow("Tiny")]
    public void What_is_written_here_loads_in_PyTorch_and_gives_our_logits(string kind)
    {
        (string weights, string images, string logits) =
            (_folder.PathOf($"{kind}.safetensors"), _folder.PathOf($"{kind}.images"), _folder.PathOf($"{kind}.logits"));
        byte[] pixels = WriteImages(images);
        using ImageClassifier network = NetworkOf(kind).Build(Shape, InputNormalization.Symmetric, [new("main", Classes, 0)], seed: 3);
        using var classifier = new TrainedClassifier(network, network.Heads[0], []);
        classifier.ExportWeights(weights);
        PyTorch.RunScript(ScriptOf("pytorch_weights.py"), "read", kind, weights, images, logits);
        RequireLogits(logits, classifier, pixels);
    }

    /// <summary>
    /// Goldens/tiny.* were written by: pytorch_weights.py write Tiny tiny.safetensors tiny.images tiny.logits, with the images of
    /// <see cref="WriteImages"/>.
    /// </summary>
    [TestMethod]
    public void A_file_that_PyTorch_once_wrote_gives_the_logits_it_gave()
    {
        byte[] pixels = WriteImages(_folder.PathOf("images"));
        using TrainedClassifier loaded = TrainedClassifier.ImportWeights(ScriptOf("Goldens/tiny.safetensors"), Tiny, Shape,
            InputNormalization.Symmetric, Classes).Classifier;
        RequireLogits(ScriptOf("Goldens/tiny.logits"), loaded, pixels);
    }

    [TestMethod]
    public void Tensors_that_do_not_fit_are_named_and_left_out_if_not_strict()
    {
        using ImageClassifier other =
            NetworkArchitecture.SmallCnn.Build(Shape, InputNormalization.Symmetric, [new("main", ["x", "y", "z"], 0)], seed: 5);
        string weights = _folder.PathOf("other.safetensors");
        new TrainedClassifier(other, other.Heads[0], []).ExportWeights(weights);
        // Another number of classes, a tensor less and one more.
        SafeTensorsFile.ReplaceInHeader(weights, ("\"bn2.weight\"", "\"bn2.height\""));

        string message = Assert.ThrowsExactly<InvalidDataException>(() => TrainedClassifier.ImportWeights(weights,
            NetworkArchitecture.SmallCnn, Shape, InputNormalization.Symmetric, Classes)).Message;
        StringAssert.Contains(message,
            "missing: bn2.weight; unexpected: bn2.height; of another shape or type: fc.weight is F32 [3, 128], not F32 [4, 128], "
            + "fc.bias is F32 [3], not F32 [4]");
        (TrainedClassifier loaded, WeightDifferences differences) = TrainedClassifier.ImportWeights(weights, NetworkArchitecture.SmallCnn,
            Shape, InputNormalization.Symmetric, Classes, strict: false);
        using (loaded)
        {
            CollectionAssert.AreEqual(new[] { "bn2.weight" }, differences.Missing.ToArray());
            TensorAssert.AreClose(other.state_dict()["conv3.weight"], loaded.Network.state_dict()["conv3.weight"], rtol: 0, atol: 0);
            Assert.AreEqual(4, loaded.Head.ClassCount);
        }
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => TrainedClassifier.ImportWeights(weights,
            NetworkArchitecture.ViT, Shape, InputNormalization.Symmetric, Classes, strict: false)).Message,
            "none of its tensors fits one of ViT");
    }

    [TestMethod]
    public void Timm_names_are_ours_by_another_name()
    {
        using ImageClassifier network =
            NetworkArchitecture.ViT.Build(Shape, InputNormalization.Symmetric, [new("main", Classes, 0)], seed: 5);
        string weights = _folder.PathOf("timm.safetensors");
        new TrainedClassifier(network, network.Heads[0], []).ExportWeights(weights);
        SafeTensorsFile.ReplaceInHeader(weights, ("\"patch_embed.", "\"patch_embed.proj."), ("\"fc.", "\"head."));
        (TrainedClassifier loaded, WeightDifferences differences) =
            TrainedClassifier.ImportWeights(weights, NetworkArchitecture.ViT, Shape, InputNormalization.Symmetric);
        using (loaded)
        {
            Assert.IsTrue(differences.IsEmpty);
            TensorAssert.AreClose(network.state_dict()["patch_embed.weight"], loaded.Network.state_dict()["patch_embed.weight"], rtol: 0,
                atol: 0);
            TensorAssert.AreClose(network.state_dict()["fc.bias"], loaded.Network.state_dict()["fc.bias"], rtol: 0, atol: 0);
        }
    }

    [TestMethod]
    public void Floats_of_other_widths_become_32_bits()
    {
        string weights = _folder.PathOf("half.safetensors");
        using ImageClassifier network =
            NetworkArchitecture.SmallCnn.Build(Shape, InputNormalization.Symmetric, [new("main", Classes, 0)], seed: 5);
        using (DisposeScope scope = NewDisposeScope())
        {
            NamedTensor[] tensors = [.. network.state_dict().Select(entry =>
            {
                Tensor half = entry.Value.is_floating_point() ? entry.Value.detach().to_type(ScalarType.Float16) : entry.Value;
                string type = half.dtype == ScalarType.Float16 ? "F16" : "I64";
                return new NamedTensor(entry.Key, type, half.shape, action => action(half.bytes));
            })];
            using FileStream stream = File.Create(weights);
            SafeTensors.Write(stream, tensors, new Dictionary<string, string>());
        }
        using TrainedClassifier loaded =
            TrainedClassifier.ImportWeights(weights, NetworkArchitecture.SmallCnn, Shape, InputNormalization.Symmetric, Classes).Classifier;
        TensorAssert.AreClose(network.state_dict()["conv1.weight"], loaded.Network.state_dict()["conv1.weight"], rtol: 1e-3, atol: 1e-6);
    }

    /// <summary>A readout of a billion classes and no feature takes no byte; nor may it take memory here.</summary>
    [TestMethod]
    public void A_file_of_few_bytes_cannot_claim_many_classes()
    {
        string path = _folder.PathOf("claims.safetensors");
        byte[] header =
            System.Text.Encoding.UTF8.GetBytes("{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[1000000000,0],\"data_offsets\":[0,0]}}");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header]);
        Failure.Requires<InvalidDataException>("has no readout",
            () => TrainedClassifier.ImportWeights(path, NetworkArchitecture.SmallCnn, Shape, InputNormalization.Symmetric, strict: false));
    }

    [TestMethod]
    public void A_pickle_is_refused_with_the_way_to_convert_it()
    {
        string path = _folder.PathOf("resnet18.pth");
        File.WriteAllBytes(path, [0x50, 0x4b, 3, 4, .. new byte[200]]);
        Failure.Requires<InvalidDataException>("safetensors.torch.save_file",
            () => TrainedClassifier.ImportWeights(path, NetworkArchitecture.ResNet18, Shape, InputNormalization.ImageNet));
    }

    private static byte[] WriteImages(string path)
    {
        var pixels = new byte[Count * Shape.Size];
        new Random(1).NextBytes(pixels);
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>(Array.ConvertAll(pixels, pixel => (float)pixel)).ToArray());
        return pixels;
    }

    private static void RequireLogits(string path, TrainedClassifier classifier, byte[] pixels)
    {
        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor images = tensor(pixels, Count, Shape.Channels, Shape.Height, Shape.Width);
        TensorAssert.AreClose([.. expected.Select(value => (double)value)], TensorAssert.Values(classifier.Network.call(images)),
            rtol: Tolerance, atol: Tolerance, "logits");
    }
}
