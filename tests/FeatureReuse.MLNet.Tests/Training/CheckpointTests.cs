using System.Diagnostics;
using Microsoft.ML;

namespace FeatureReuse.MLNet.Tests.Training;

[TestClass]
public sealed class CheckpointTests
{
    private const int Kills = 4;

    private static readonly MLContext Ml = new(seed: 1);

    public required TestContext TestContext { get; set; }

    private string PathOf(string name) => Path.Combine(TestContext.TestRunDirectory!, $"{TestContext.TestName}-{name}".Replace(' ', '-'));

    /// <summary>
    /// Killed at random moments, from before the first step to after the last, it gives the same model, bit for bit, as an undisturbed run.
    /// </summary>
    [TestMethod]
    [DataRow("multi-task")]
    [DataRow("choice")]
    public void A_run_that_is_killed_again_and_again_gives_a_bit_identical_model(string kind)
    {
        var program = new RepositoryProgram("ChildProcess");
        string folder = PathOf($"{kind}-checkpoints");
        string expected = PathOf($"{kind}-expected.safetensors");
        string actual = PathOf($"{kind}-actual.safetensors");
        var watch = Stopwatch.StartNew();
        RepositoryProgram.Result undisturbed = program.Run("train", kind, PathOf($"{kind}-undisturbed"), expected);
        Assert.AreEqual(0, undisturbed.ExitCode, undisturbed.Errors);
        TimeSpan whole = watch.Elapsed;
        var random = new Random(kind.Length);
        int killed = 0;
        int withState = 0;
        // On a busy machine a run can be much faster than the undisturbed one, and so end before it is killed.
        for (int i = 0; i < Kills || (withState == 0 && i < 3 * Kills); i++)
        {
            double moment = (.3 + .6 * random.NextDouble()) * (i < Kills ? 1 : .3);
            killed += program.KillAfter(whole * moment, "train", kind, folder, actual) ? 1 : 0;
            withState += Directory.Exists(folder) && Directory.GetFiles(folder, "checkpoint-*.safetensors").Length
                + Directory.GetFiles(folder, "checkpoint-choice-*").Length > 0 ? 1 : 0;
            File.Delete(actual);
        }
        RepositoryProgram.Result last = program.Run("train", kind, folder, actual);
        Assert.AreEqual(0, last.ExitCode, last.Errors);
        TestContext.WriteLine($"{killed} of {Kills} were killed before their end, {withState} of them left a state.");
        Assert.IsGreaterThan(0, withState, "a run that was killed left a state to go on from");
        CollectionAssert.AreEqual(File.ReadAllBytes(expected), File.ReadAllBytes(actual), "the models, byte by byte");
        Assert.IsFalse(Directory.Exists(folder), "a folder of checkpoints outlives its run");
    }

    [TestMethod]
    [DataRow("within an epoch")]
    [DataRow("between epochs")]
    public void A_cancelled_run_continues_with_the_same_call(string when)
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = PathOf($"{when}-folder") } };
        using NetworkTransformer expected = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        using var source = new CancellationTokenSource();
        var stop = new Listener(progress =>
        {
            if (when == "within an epoch" ? progress is { Epoch: 3, Step: 2 } : progress is { Epoch: 2, CompletedEpoch: not null })
                source.Cancel();
        });
        TrainingOptions stopped = training with { Progress = stop, CancellationToken = source.Token };
        Assert.ThrowsExactly<TrainingCanceledException>(
            () => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = stopped }).Fit(rows));
        List<int> epochs = [];
        var listen = new Listener(progress => epochs.Add(progress.Epoch));
        using NetworkTransformer resumed
            = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training with { Progress = listen } }).Fit(rows);
        Assert.AreEqual(3, epochs[0], "the epoch in which it went on");
        CollectionAssert.AreEqual(expected.LastTraining!.History.Epochs.ToArray(), resumed.LastTraining!.History.Epochs.ToArray());
        CollectionAssert.AreEqual(Scores(expected, rows), Scores(resumed, rows));
        Assert.IsFalse(Directory.Exists(training.Checkpoint!.Folder));
    }

    [TestMethod]
    public void A_run_with_other_options_or_images_does_not_take_the_checkpoint()
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        string folder = PathOf("folder");
        using var source = new CancellationTokenSource();
        var stop = new Listener(progress => source.Cancel());
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
        string folder = PathOf("folder");
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = folder, Epochs = 1 }, LearningRate = 100,
            MaximumEpochs = 100 };
        TrainingOptions diverging = training with { Regularization = new() { WeightDecay = 1 } };
        Assert.ThrowsExactly<TrainingDivergedException>(()
            => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = diverging }).Fit(rows));
        Assert.IsFalse(Directory.Exists(folder));

        using NetworkTransformer pretrained = FastTraining.Pretrained(Ml);
        using var source = new CancellationTokenSource();
        FinetuneOptions options = new()
        {
            Rescaling = RescalingChoice.From(.5f, 1) with { Folds = 2, MaxDegreeOfParallelism = 1, Progress = new CancelAfterRun(source) },
            Training = FastTraining.Options with { Checkpoint = new() { Folder = folder }, CancellationToken = source.Token },
        };
        TrainingCanceledException canceled = Assert.ThrowsExactly<TrainingCanceledException>(()
            => Ml.FeatureReuse.Finetune(pretrained, options).Fit(rows));
        StringAssert.Contains(canceled.Message, $"repeat the call with the checkpoint folder {Path.GetFullPath(folder)}");
        Assert.HasCount(1, Directory.GetFiles(folder, "checkpoint-choice-*.json"));
        RescalingChoice choice = RescalingChoice.From(.5f, 1) with { Folds = 2, MaxDegreeOfParallelism = 1 };
        TrainingOptions again = options.Training with { CancellationToken = default };
        using NetworkTransformer resumed = Ml.FeatureReuse.Finetune(pretrained, options with { Rescaling = choice, Training = again })
            .Fit(rows);
        using NetworkTransformer expected = Ml.FeatureReuse.Finetune(pretrained,
            new() { Rescaling = choice, Training = FastTraining.Options }).Fit(rows);
        CollectionAssert.AreEqual(expected.LastTraining!.Candidates!.ToArray(), resumed.LastTraining!.Candidates!.ToArray());
        CollectionAssert.AreEqual(Scores(expected, rows), Scores(resumed, rows));
    }

    [TestMethod]
    public void Two_runs_do_not_share_a_folder()
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        string folder = PathOf("folder");
        Exception? second = null;
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = folder } };
        var listen = new Listener(_ => second ??= Assert.Throws<IOException>(
            () => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training }).Fit(rows)));
        Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training with { Progress = listen } }).Fit(rows).Dispose();
        StringAssert.Contains(second!.Message, "is in use by another run");
    }

    [TestMethod]
    public void What_else_is_in_the_folder_stays()
    {
        string folder = PathOf("folder");
        Directory.CreateDirectory(folder);
        string other = Path.Combine(folder, "notes.txt");
        File.WriteAllText(other, "mine");
        TrainingOptions training = FastTraining.Options with { Checkpoint = new() { Folder = folder, Epochs = 1 } };
        Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training }).Fit(LabelledRow.View(Ml, 60)).Dispose();
        CollectionAssert.AreEqual(new[] { other }, Directory.GetFiles(folder));
    }

    private static string[] Scores(NetworkTransformer model, IDataView rows)
        => [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float[]>(model.Transform(rows), "Score")
            .Select(scores => string.Join(' ', scores))];

    private sealed class CancelAfterRun(CancellationTokenSource source) : IProgress<RescalingProgress>
    {
        public void Report(RescalingProgress value) => source.Cancel();
    }

    private sealed class Listener(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
