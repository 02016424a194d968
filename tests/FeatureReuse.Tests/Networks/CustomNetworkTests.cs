using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Networks;

[TestClass]
public sealed class CustomNetworkTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.Options;

    private static readonly ArchitectureDefinition TwoBlocksDefinition = new()
    {
        CreateModule = (shape, logits) => new TwoBlocks(shape.Channels, logits),
        LayerNames = ["blocks.0", "blocks.1"],
        HeadName = "classifier",
    };

    private static readonly NetworkArchitecture TwoBlocksNetwork = NetworkArchitecture.Create("TwoBlocks", TwoBlocksDefinition);

    private static TrainedClassifier Pretrained() => FeatureTransfer.Pretrain(Images.Learnable(60), new(TwoBlocksNetwork), FewEpochs);

    [TestMethod]
    public void A_custom_network_goes_through_all_steps()
    {
        using TrainedClassifier pretrained = Pretrained();
        var main = Images.Learnable(40, classes: 2, seed: 2);
        using TrainedClassifier probed =
            FeatureTransfer.LinearProbe(pretrained, main, FewEpochs with { MaximumEpochs = 50, LearningRate = .5 });
        using TrainedClassifier finetuned =
            FeatureTransfer.Finetune(pretrained, main, Rescaling.ByLayer(new Dictionary<string, float> { ["blocks.0"] = .5f }),
            FewEpochs with { MaximumEpochs = 20, LayerLearningRateFactors = new Dictionary<string, double> { ["blocks.0"] = 0 } });
        Assert.IsGreaterThan(.9, finetuned.LastTraining!.History.Epochs[^1].Accuracy);
        Assert.IsGreaterThan(.7, probed.LastTraining!.History.Epochs[^1].Accuracy);
        Tensor before = pretrained.Network.state_dict()["network.blocks.0.0.weight"];
        using Tensor half = before * .5f;
        TensorAssert.AreClose(half, finetuned.Network.state_dict()["network.blocks.0.0.weight"], rtol: 0, atol: 0,
            "a rescaled and frozen layer");
        IReadOnlyList<LayerSignature> signatures = FeatureTransfer.CompareLayers(pretrained, finetuned, main);
        CollectionAssert.AreEqual(new[] { "blocks.0", "blocks.1", "features", "logits" },
            signatures.Select(signature => signature.LayerName).ToArray());
        Assert.AreEqual(0, signatures[0].Change, 1e-9);
        Assert.IsGreaterThan(0, signatures[1].Change);
    }

    [TestMethod]
    public void Walking_through_the_layers_gives_what_the_modules_give()
    {
        using ImageClassifier network =
            TwoBlocksNetwork.Build(Images.Shape, InputNormalization.Symmetric, [new("main", ["a", "b"], 0)], seed: 3);
        network.eval();
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor images = randint(0, 256, [4, 3, 8, 8]).to_type(ScalarType.Byte);
        var own = (TwoBlocks)network.named_modules().Single(entry => entry.name == "network").module;
        Tensor first = own.First(images.to_type(ScalarType.Float32) / 127.5f - 1);
        TensorAssert.AreClose(first.flatten(1), network.Activations(images, "blocks.0"), rtol: 1e-6, atol: 1e-6);
        TensorAssert.AreClose(network.call(images), network.Activations(images, "logits"), rtol: 0, atol: 0);
        TensorAssert.AreClose(network.Readout.call(network.Activations(images, "features")), network.call(images), rtol: 0, atol: 0);
    }

    [TestMethod]
    public void A_saved_model_finds_its_network_again()
    {
        using TrainedClassifier saved = Pretrained();
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("model.safetensors");
        saved.Save(path);
        using TrainedClassifier loaded = TrainedClassifier.Load(path, TwoBlocksNetwork);
        Assert.AreSame(TwoBlocksNetwork, loaded.Network.Architecture);
        TensorAssert.AreClose(saved.Network.state_dict()["network.classifier.weight"],
            loaded.Network.state_dict()["network.classifier.weight"], rtol: 0, atol: 0);
    }

    [TestMethod]
    public void A_model_of_an_unknown_or_ambiguous_architecture_is_refused()
    {
        using TrainedClassifier saved = Pretrained();
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("model.safetensors");
        saved.Save(path);
        Failure.Requires<InvalidDataException>(
            "'TwoBlocks' is not among ResNet18, ResNet18CifarStem, SmallCnn, ViT; give a custom architecture to Load",
            () => TrainedClassifier.Load(path));
        NetworkArchitecture other = NetworkArchitecture.Create("TwoBlocks", TwoBlocksDefinition);
        Failure.Requires<ArgumentException>("2 architectures are called 'TwoBlocks'",
            () => TrainedClassifier.Load(path, TwoBlocksNetwork, other));
        TrainedClassifier.Load(path, TwoBlocksNetwork, TwoBlocksNetwork).Dispose();
    }

    [TestMethod]
    public void Wrong_definitions_are_told()
    {
        ImageClassifier Build(ArchitectureDefinition definition, string name)
            => NetworkArchitecture.Create(name, definition)
                .Build(Images.Shape, InputNormalization.Symmetric, [new("main", ["a", "b"], 0)], seed: 3);
        void Fails(ArchitectureDefinition definition, string name, string message)
            => Failure.Requires<ArgumentException>(message, () => Build(definition, name));
        Fails(TwoBlocksDefinition, "SmallCnn", "'SmallCnn' is the name of a built-in architecture");
        Fails(TwoBlocksDefinition with { HeadName = "fc" }, "wrong head",
            "has no nn.Linear 'fc' for a head; its modules are blocks, classifier, blocks.0");
        Fails(TwoBlocksDefinition with { LayerNames = ["blocks.0", "blocks.7"] }, "wrong layer",
            "has no layer 'blocks.7' from tensor to tensor");
        Fails(TwoBlocksDefinition with { LayerNames = ["blocks.0"] }, "hole", "has parameters in no layer: blocks.1.0.weight.");
        Fails(TwoBlocksDefinition with { LayerNames = ["blocks", "blocks.1"] }, "overlap",
            "'blocks' is named twice, or holds another layer");
        Fails(TwoBlocksDefinition with { CreateModule = (shape, _) => new TwoBlocks(shape.Channels, 7) }, "fixed head",
            "has 7 outputs; it was to be built with 2");
        Fails(TwoBlocksDefinition with { CreateModule = (shape, logits) => new TwoBlocks(shape.Channels, logits, registersTwice: true) },
            "twice",
            "has one tensor under the names classifier.weight and head.weight");
    }

    /// <summary>As users write networks: two blocks, a mean over positions, a linear classifier.</summary>
    private sealed class TwoBlocks : nn.Module<Tensor, Tensor>
    {
#pragma warning disable IDE1006
        private readonly ModuleList<Sequential> blocks;
        private readonly Linear classifier;
#pragma warning restore IDE1006

        public TwoBlocks(int channels, int logits, bool registersTwice = false) : base(nameof(TwoBlocks))
        {
            blocks = nn.ModuleList(nn.Sequential(nn.Conv2d(channels, 8, 3, padding: 1, bias: false), nn.ReLU()),
                nn.Sequential(nn.Conv2d(8, 16, 3, stride: 2, bias: false), nn.ReLU()));
            classifier = nn.Linear(16, logits);
            RegisterComponents();
            if (registersTwice)
                register_module("head", classifier);
        }

        public Tensor First(Tensor input) => blocks[0].call(input);

        public override Tensor forward(Tensor input)
        {
            using DisposeScope scope = NewDisposeScope();
            return classifier.call(blocks[1].call(First(input)).mean([2, 3])).MoveToOuterDisposeScope();
        }
    }
}
