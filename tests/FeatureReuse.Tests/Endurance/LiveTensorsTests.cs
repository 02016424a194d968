using System.Runtime.CompilerServices;
using FeatureReuse.Tests.Shallow;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Endurance;

/// <summary>Every operation disposes the tensors it makes: none is left to the garbage collector, and none stays alive.</summary>
[TestClass]
public sealed class LiveTensorsTests
{
    private static readonly TrainingOptions FewEpochs = FastTraining.SixEpochs with { MaximumEpochs = 3 };
    private static readonly ImageStore Auxiliary = Images.Learnable(50);
    private static readonly ImageStore Main = Images.Learnable(40, classes: 2, seed: 2);

    private static readonly NetworkArchitecture Blocks = NetworkArchitecture.Create(nameof(LiveTensorsTests), new()
    {
        CreateModule = CreateBlocks,
        LayerNames = ["body"],
        HeadName = "head",
    });

    private static TrainingOptions Diverging
        => FewEpochs with { LearningRate = 100, Regularization = new() { WeightDecay = 1 }, MaximumEpochs = 50 };

    private static TrainingOptions WithDecay(Optimizer optimizer)
        => FewEpochs with { Optimizer = optimizer, Regularization = new() { WeightDecay = .01 } };

    /// <summary>The excess in Tensor.TotalCount: TorchSharp never stops counting the tensor from which a parameter was created.</summary>
    private static long s_excess;

    private static readonly Dictionary<string, Action<TrainedClassifier>> Operations = new()
    {
        ["pretrain with SGD"] = _ => Pretrain(FewEpochs),
        ["pretrain with Adam"] = _ => Pretrain(WithDecay(Optimizer.Adam)),
        ["pretrain with AdamW"] = _ => Pretrain(WithDecay(Optimizer.AdamW)),
        ["pretrain with validation, average, clipping and smoothing"] = _ => Pretrain(FewEpochs with
        {
            EarlyStopping = new() { ValidationFraction = .3, Patience = 2 },
                Regularization = new() { EmaDecay = .9, GradientClipNorm = 1, LabelSmoothing = .1 },
            ClassWeights = ClassWeights.Balanced,
        }),
        ["pretrain with augmentation"] = _ => Pretrain(FewEpochs with
        {
            Augmentation = new() { CropPadding = 1, FlipProbability = .5, Brightness = .1, Contrast = .1, Saturation = .1, MixUp = .5 },
        }),
        ["pretrain until cancelled"] = _ => Assert.ThrowsExactly<TrainingCanceledException>(
            () => Pretrain(FewEpochs with { CancellationToken = new(canceled: true) })),
        ["pretrain until it diverges"] = _ => Assert.ThrowsExactly<TrainingDivergedException>(
            () => Pretrain(Diverging)),
        ["finetune"] = pretrained => Finetune(pretrained, Rescaling.All(.5f), FewEpochs),
        ["finetune towards the start"] = pretrained =>
            Finetune(pretrained, Rescaling.None, FewEpochs with { Regularization = new() { L2SP = .1 }, GradualUnfreezingEpochs = 1 }),
        ["probe"] = pretrained => FeatureTransfer.LinearProbe(pretrained, Main, FewEpochs).Dispose(),
        ["probe, then finetune"] = pretrained =>
            FeatureTransfer.LinearProbeThenFinetune(pretrained, Main, Rescaling.None, new(FewEpochs, FewEpochs)).Dispose(),
        ["train on two tasks by turns"] = _ => TrainMultiTask(TaskMixing.AlternatingEpochs),
        ["train on two tasks in mixed batches"] = _ => TrainMultiTask(TaskMixing.MixedBatches),
        ["choose the rescaling"] = pretrained =>
            Finetune(pretrained, RescalingChoice.From(.5f, 1) with { Folds = 2, MaxDegreeOfParallelism = 1 }, FewEpochs),
        ["choose the rescaling until cancelled"] = pretrained => Assert.ThrowsExactly<TrainingCanceledException>(
            () => Finetune(pretrained, RescalingChoice.From(.5f, 1), FewEpochs with { CancellationToken = new(canceled: true) })),
        ["probe, then finetune until it diverges"] = pretrained => Assert.ThrowsExactly<TrainingDivergedException>(
            () => FeatureTransfer.LinearProbeThenFinetune(pretrained, Main, Rescaling.None, new(FewEpochs, Diverging)).Dispose()),
        ["finetune unknown layers"] = pretrained => Assert.ThrowsExactly<ArgumentException>(() => Finetune(
            pretrained, Rescaling.None, FewEpochs with { LayerLearningRateFactors = new Dictionary<string, double> { ["layer9"] = 1 } })),
        ["rescale"] = pretrained => FeatureTransfer.RescaleWeights(pretrained, Rescaling.OverDepth(.5f)).Dispose(),
        ["calibrate"] = pretrained => FeatureTransfer.Calibrate(pretrained, Auxiliary).Dispose(),
        ["continue"] = pretrained => FeatureTransfer.ContinueTraining(pretrained, Images.Learnable(60, classes: 4), FewEpochs).Dispose(),
        ["search the learning rate"] = pretrained =>
            LearningRateSearch.Run(how => FeatureTransfer.Finetune(pretrained, Main, Rescaling.None, how), FewEpochs, steps: 30),
        ["score"] = pretrained => Confusion.From(pretrained, Auxiliary),
        ["inspect"] = pretrained => FeatureTransfer.CompareLayers(pretrained, pretrained, Auxiliary),
        ["inspect with batch statistics"] = pretrained =>
            FeatureTransfer.CompareLayers(pretrained, pretrained, Auxiliary, new() { UseBatchStatistics = true, FeatureBlock = 3 }),
        ["save and load"] = pretrained => WithFile(path =>
        {
            pretrained.Save(path);
            TrainedClassifier.Load(path, Blocks).Dispose();
        }),
        ["export and import weights"] = pretrained => WithFile(path =>
        {
            pretrained.ExportWeights(path);
            TrainedClassifier.ImportWeights(path, Blocks, Images.Shape, InputNormalization.Symmetric).Classifier.Dispose();
        }),
        ["refuse weights of other classes"] = pretrained => WithFile(path =>
        {
            pretrained.ExportWeights(path);
            Assert.Throws<InvalidDataException>(
                () => TrainedClassifier.ImportWeights(path, Blocks, Images.Shape, InputNormalization.Symmetric, ["one class only"]));
        }),
        ["resume from a checkpoint with SGD"] = _ => Resume(FewEpochs),
        ["resume from a checkpoint with AdamW"] = _ =>
            Resume(FewEpochs with { Optimizer = Optimizer.AdamW, EarlyStopping = new() { ValidationFraction = .3 },
                Regularization = new() { EmaDecay = .9 } }),
        ["train a diagonal network"] = _ =>
            Shallow(samples => new DiagonalNetwork(3, scale: .1).Train([samples], new() { MaximumEpochs = 10 })),
        ["train a ReLU network"] = _ =>
            Shallow(samples => new TwoLayerReluNetwork(3, 20, scale: .1).Train([samples], new() { MaximumEpochs = 10 })),
        ["learn multi-task features"] = _ => LearnFeatures(UpdateOrder.HeadsFirst),
        ["learn multi-task features with heads"] = _ => LearnFeatures(UpdateOrder.Simultaneous),
        ["measure multi-task features"] = _ =>
        {
            LearnedFeatures features = UntrainedFeatures.Draw(10, 8, seed: 1);
            features.ComputeSingularValues();
            features.ComputeSubspaceError(new SubspaceTasks(10, 2, 4, seed: 1).Basis);
        },
    };

    public static IEnumerable<object[]> Names => Operations.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Nothing_is_left(string operation)
    {
        TrainingOptions brief = FewEpochs with { MaximumEpochs = 1 };
        using TrainedClassifier pretrained = FeatureTransfer.Pretrain(Auxiliary, new(Blocks), brief);
        AssertNothingLeft(() => Operations[operation](pretrained));
    }

    [TestMethod]
    [DataRow(nameof(NetworkArchitecture.ResNet18), Precision.Float32)]
    [DataRow(nameof(NetworkArchitecture.SmallCnn), Precision.Float32)]
    [DataRow(nameof(NetworkArchitecture.SmallCnn), Precision.BFloat16)]
    [DataRow(nameof(NetworkArchitecture.ViT), Precision.Float32)]
    public void Networks_leave_nothing_to_the_garbage_collector(string name, Precision precision)
    {
        long before = LeakedTensors.Count();
        Use(NetworkArchitecture.Named(name), precision);
        Assert.AreEqual(0, LeakedTensors.Count() - before, "tensors that nobody disposed");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Use(NetworkArchitecture network, Precision precision)
        {
            TrainingOptions brief = FewEpochs with { MaximumEpochs = 1, Precision = precision };
            using TrainedClassifier trained = FeatureTransfer.Pretrain(Images.Learnable(20), new(network), brief);
            Confusion.From(trained, Auxiliary);
            FeatureTransfer.CompareLayers(trained, trained, Auxiliary);
            WithFile(trained.ExportOnnx);
            WithFile(path =>
            {
                trained.Save(path);
                TrainedClassifier.Load(path).Dispose();
            });
        }
    }

    private static void AssertNothingLeft(Action operation)
    {
        long finalized = LeakedTensors.Count();
        long live = Tensor.TotalCount - s_excess;
        operation();
        long liveAfter = Tensor.TotalCount - s_excess;
        Assert.AreEqual(0, LeakedTensors.Count() - finalized, "tensors that nobody disposed");
        Assert.AreEqual(live, liveAfter, "tensors alive before and after");
    }

    private static nn.Module<Tensor, Tensor> CreateBlocks(ImageShape shape, int logits)
    {
        long before = Tensor.TotalCount;
        var convolution = nn.Conv2d(shape.Channels, 8, 3, padding: 1, bias: false);
        var body = nn.Sequential(convolution, nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten());
        var module = nn.Sequential(("body", body), ("head", nn.Linear(32, logits)));
        s_excess += Tensor.TotalCount - before - module.parameters().Count() - module.buffers().Count();
        return module;
    }

    private static void Pretrain(TrainingOptions options)
        => FeatureTransfer.Pretrain(Auxiliary, new(Blocks), options).Dispose();

    private static void Finetune(TrainedClassifier pretrained, RescalingChoice rescaling, TrainingOptions options)
        => FeatureTransfer.Finetune(pretrained, Main, rescaling, options).Dispose();

    private static void LearnFeatures(UpdateOrder order) => FeatureLearning.Train(
        new SubspaceTasks(10, 2, 4, seed: 1).Draw, new()
        {
            Neurons = 8, Steps = 1000, HeadSamples = 20, RepresentationSamples = 20, Order = order,
        });

    private static void TrainMultiTask(TaskMixing mixing)
        => FeatureTransfer.TrainMultiTask(Main, Auxiliary, new(Blocks), new() { Order = mixing }, FewEpochs).Dispose();

    private static void Resume(TrainingOptions options)
    {
        using var temporary = new TemporaryFolder();
        string folder = temporary.PathOf("checkpoints");
        using var source = new CancellationTokenSource();
        TrainingOptions kept = options with { Checkpoint = new() { Folder = folder, Epochs = 1 } };
        var listener = new Listener<TrainingProgress>(progress =>
        {
            if (progress.CompletedEpoch is not null)
                source.Cancel();
        });
        Assert.ThrowsExactly<TrainingCanceledException>(
            () => Pretrain(kept with { CancellationToken = source.Token, Progress = listener }));
        Assert.IsNotEmpty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Pretrain(kept);
    }

    private static void Shallow(Action<RegressionSamples> train) => train(new(3, [1, 2, 3, 3, 2, 1, 1, 1, 2], [1, 2, 3]));

    private static void WithFile(Action<string> use)
    {
        using var folder = new TemporaryFolder();
        use(folder.PathOf("model"));
    }
}
