using Microsoft.ML;

namespace FeatureReuse.MLNet.Tests.Training;

[TestClass]
public sealed class CheckpointTests : IDisposable
{
    private const int Kills = 4;

    private static readonly MLContext Ml = new(seed: 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Killed before the first step and soon after some states, it gives the model of an undisturbed run, bit for bit.</summary>
    [TestMethod]
    [DataRow("multi-task")]
    [DataRow("choice")]
    public void A_run_that_is_killed_again_and_again_gives_a_bit_identical_model(string kind)
    {
        var program = new RepositoryProgram("ChildProcess");
        string folder = _folder.PathOf("checkpoints");
        string expected = _folder.PathOf("expected.safetensors");
        string actual = _folder.PathOf("actual.safetensors");
        program.Run("train", kind, _folder.PathOf("undisturbed"), expected).RequireSuccess();
        var random = new Random(kind.Length);
        for (int kill = 0; kill < Kills; kill++)
        {
            HashSet<(string Path, DateTime Time)> seen = [.. States()];
            int enough = seen.Count + (kill == 0 ? 0 : random.Next(1, 5));
            bool isKilled = program.KillWhen(() =>
            {
                seen.UnionWith(States());
                Thread.Sleep(Random.Shared.Next(30));
                return Directory.Exists(folder) && seen.Count >= enough;
            }, "train", kind, folder, actual);
            Assert.IsTrue(isKilled, $"run {kill + 1} was killed before its end");
        }
        Assert.IsNotEmpty(States(), "the killed runs left a state to go on from");
        program.Run("train", kind, folder, actual).RequireSuccess();
        CollectionAssert.AreEqual(File.ReadAllBytes(expected), File.ReadAllBytes(actual), "the models, byte by byte");
        Assert.IsFalse(Directory.Exists(folder), "a folder of checkpoints outlives its run");

        (string, DateTime)[] States() => !Directory.Exists(folder) ? [] : [.. Directory.GetFiles(folder, "checkpoint-*")
            .Where(file => Path.GetExtension(file) is ".safetensors" or ".json").Select(file => (file, File.GetLastWriteTimeUtc(file)))];
    }

    [TestMethod]
    [DataRow("within an epoch")]
    [DataRow("between epochs")]
    public void A_cancelled_run_continues_with_the_same_call(string when)
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = _folder.PathOf("checkpoints") } };
        using NetworkTransformer expected = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        using var source = new CancellationTokenSource();
        var stop = new Listener<TrainingProgress>(progress =>
        {
            if (when == "within an epoch" ? progress is { Epoch: 3, Step: 2 } : progress is { Epoch: 2, CompletedEpoch: not null })
                source.Cancel();
        });
        TrainingOptions stopped = training with { Progress = stop, CancellationToken = source.Token };
        Assert.ThrowsExactly<TrainingCanceledException>(
            () => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = stopped }).Fit(rows));
        List<int> epochs = [];
        var listen = new Listener<TrainingProgress>(progress => epochs.Add(progress.Epoch));
        using NetworkTransformer resumed
            = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training with { Progress = listen } }).Fit(rows);
        Assert.AreEqual(3, epochs[0], "the epoch in which it went on");
        CollectionAssert.AreEqual(expected.LastTraining!.History.Epochs.ToArray(), resumed.LastTraining!.History.Epochs.ToArray());
        CollectionAssert.AreEqual(expected.Transform(rows).NumbersOf(), resumed.Transform(rows).NumbersOf());
        Assert.IsFalse(Directory.Exists(training.Checkpoint!.Folder));
    }

    [TestMethod]
    public void A_run_with_other_options_or_images_does_not_take_the_checkpoint()
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        string folder = _folder.PathOf("checkpoints");
        using var source = new CancellationTokenSource();
        var stop = new Listener<TrainingProgress>(progress => source.Cancel());
        PretrainOptions options = FastTraining.Pretraining with { Training
            = FastTraining.Options with { Checkpoint = new() { Folder = folder } } };
        TrainingOptions stopped = options.Training with { Progress = stop, CancellationToken = source.Token };
        Assert.ThrowsExactly<TrainingCanceledException>(() => Ml.FeatureReuse.Pretrain(options with { Training = stopped }).Fit(rows));
        string[] before = Directory.GetFiles(folder);
        string Failure(PretrainOptions other, IDataView data)
            => Assert.ThrowsExactly<InvalidOperationException>(() => Ml.FeatureReuse.Pretrain(other).Fit(data)).Message;
        StringAssert.Contains(Failure(options with { Training = options.Training with { LearningRate = .5 } }, rows),
            "LearningRate was 0.02 and is 0.5");
        StringAssert.Contains(Failure(options, LabelledRow.View(Ml, 60, seed: 9)), "Images was");
        StringAssert.Contains(Failure(options with { Architecture = NetworkArchitecture.ResNet18 }, rows), "StartingWeights was");
        CollectionAssert.IsSubsetOf(before, Directory.GetFiles(folder), "the refused runs left the checkpoint");
    }

    [TestMethod]
    public void A_diverged_run_leaves_no_checkpoint_and_a_cancelled_choice_says_how_to_go_on()
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        string folder = _folder.PathOf("checkpoints");
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = folder, Epochs = 1 }, LearningRate = 100,
            MaximumEpochs = 100 };
        TrainingOptions diverging = training with { Regularization = new() { WeightDecay = 1 } };
        Assert.ThrowsExactly<TrainingDivergedException>(()
            => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = diverging }).Fit(rows));
        Assert.IsFalse(Directory.Exists(folder));

        using NetworkTransformer pretrained = FastTraining.Pretrained(Ml);
        using var source = new CancellationTokenSource();
        RescalingChoice choice = RescalingChoice.From(.5f, 1) with { Folds = 2, MaxDegreeOfParallelism = 1 };
        FinetuneOptions options = new()
        {
            Rescaling = choice with { Progress = new Listener<RescalingProgress>(_ => source.Cancel()) },
            Training = FastTraining.Options with { Checkpoint = new() { Folder = folder }, CancellationToken = source.Token },
        };
        Failure.Requires<TrainingCanceledException>($"repeat the call with the checkpoint folder {Path.GetFullPath(folder)}",
            () => Ml.FeatureReuse.Finetune(pretrained, options).Fit(rows));
        Assert.HasCount(1, Directory.GetFiles(folder, "checkpoint-choice-*.json"));
        TrainingOptions again = options.Training with { CancellationToken = default };
        using NetworkTransformer resumed = Ml.FeatureReuse.Finetune(pretrained, options with { Rescaling = choice, Training = again })
            .Fit(rows);
        using NetworkTransformer expected = Ml.FeatureReuse.Finetune(pretrained,
            new() { Rescaling = choice, Training = FastTraining.Options }).Fit(rows);
        CollectionAssert.AreEqual(expected.LastTraining!.Candidates!.ToArray(), resumed.LastTraining!.Candidates!.ToArray());
        CollectionAssert.AreEqual(expected.Transform(rows).NumbersOf(), resumed.Transform(rows).NumbersOf());
    }

    [TestMethod]
    public void Two_runs_do_not_share_a_folder()
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        string folder = _folder.PathOf("checkpoints");
        Exception? second = null;
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = folder } };
        var listen = new Listener<TrainingProgress>(_ => second ??= Assert.Throws<IOException>(
            () => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training }).Fit(rows)));
        Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training with { Progress = listen } }).Fit(rows).Dispose();
        StringAssert.Contains(second!.Message, "is in use by another run");
    }

    [TestMethod]
    public void What_else_is_in_the_folder_stays()
    {
        string folder = _folder.PathOf("checkpoints");
        Directory.CreateDirectory(folder);
        string other = Path.Combine(folder, "notes.txt");
        File.WriteAllText(other, "mine");
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = folder, Epochs = 1 } };
        Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training }).Fit(LabelledRow.View(Ml, 60)).Dispose();
        CollectionAssert.AreEqual(new[] { other }, Directory.GetFiles(folder));
    }
}
