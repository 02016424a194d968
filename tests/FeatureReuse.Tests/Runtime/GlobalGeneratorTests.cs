using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Runtime;

[TestClass]
public sealed class GlobalGeneratorTests
{
    private static readonly NetworkArchitecture WithDropout = NetworkArchitecture.Create(nameof(WithDropout), new()
    {
        CreateModule = (shape, logits) => nn.Sequential(
            ("body", nn.Sequential(nn.Flatten(), nn.Linear(shape.Size, 16), nn.ReLU(), nn.Dropout(.5))), ("head", nn.Linear(16, logits))),
        LayerNames = ["body"],
        HeadName = "head",
    });

    [TestMethod]
    public void Networks_leave_the_random_numbers_of_the_program_alone()
    {
        using TrainedClassifier classifier = FastTraining.Pretrained();
        float[] undisturbed = Draw(() => { });
        float[] between = Draw(() =>
        {
            classifier.Network.Copy().Dispose();
            NetworkArchitecture.SmallCnn.Build(Images.Shape, InputNormalization.Symmetric, [new("main", ["a", "b"], 0)], seed: 3).Dispose();
        });
        CollectionAssert.AreEqual(undisturbed, between);
    }

    [TestMethod]
    public void Dropout_depends_on_the_seed_alone()
    {
        ImageStore images = Images.Learnable(40);
        using TrainedClassifier pretrained
            = FeatureTransfer.Pretrain(images, new(WithDropout), FastTraining.Options, FeatureTransfer.MainTask);
        using var folder = new TemporaryFolder();
        TrainingOptions saved = FastTraining.Options with { Checkpoint = new() { Folder = folder.PathOf("run") } };
        float[] first = Weights(FastTraining.Options);
        manual_seed(77).Dispose();
        CollectionAssert.AreEqual(first, Weights(FastTraining.Options), "the same seed again");
        CollectionAssert.AreEqual(first, Weights(saved), "checkpoints");
        // Without a batch order that depends on the seed, only dropout differs.
        TrainingOptions oneBatch = FastTraining.Options with { BatchSize = 40 };
        CollectionAssert.AreNotEqual(Weights(oneBatch), Weights(oneBatch with { Seed = 2 }), "another seed");

        float[] Weights(TrainingOptions options)
        {
            using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, images, 1, options);
            return finetuned.Network.Readout.weight!.data<float>().ToArray();
        }
    }

    private static float[] Draw(Action between)
    {
        manual_seed(5).Dispose();
        between();
        using Tensor numbers = rand(4);
        return numbers.data<float>().ToArray();
    }
}
