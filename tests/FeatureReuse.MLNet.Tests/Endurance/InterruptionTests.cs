using System.Diagnostics;
using Microsoft.ML;

namespace FeatureReuse.MLNet.Tests.Endurance;

[TestClass]
public sealed class InterruptionTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    public void A_thousand_cancelled_trainings_leave_no_thread()
    {
        IDataView rows = Ml.Data.Cache(LabelledRow.View(Ml, 60));
        Cancel(20);
        int threads = Process.GetCurrentProcess().Threads.Count;
        Cancel(1000);
        // The pool's threads come and go by some.
        Assert.IsLessThan(threads + 20, Process.GetCurrentProcess().Threads.Count, "threads after 1,000 cancelled trainings");

        void Cancel(int count)
        {
            for (int i = 0; i < count; i++)
            {
                using var source = new CancellationTokenSource();
                var listener = new Listener<TrainingProgress>(progress =>
                {
                    if (progress.Step == i % 4)
                        source.Cancel();
                });
                TrainingOptions training = FastTraining.Options with { CancellationToken = source.Token, Progress = listener };
                if (i % 4 == 0)
                    source.Cancel();
                try
                {
                    Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training }).Fit(rows).Dispose();
                    Assert.Fail("A cancelled training ended as if nothing had been.");
                }
                catch (OperationCanceledException canceled) when (canceled is TrainingCanceledException || i % 4 == 0)
                {
                    // The token of every fourth run is cancelled while the rows are read.
                }
            }
        }
    }

    /// <summary>A file system of 200 kB, on which there is a model that must survive.</summary>
    [TestMethod]
    public void A_full_disk_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        if (Run("mount", "-t", "tmpfs", "-o", "size=200k", "none", folder.Path) != 0)
            Assert.Inconclusive("Skipped: a small file system cannot be mounted here, which takes root.");
        try
        {
            string path = folder.PathOf("model.safetensors");
            File.WriteAllText(path, "the old file");
            using NetworkTransformer model = FastTraining.Pretrained(Ml);
            Assert.Throws<IOException>(() => model.Save(path));
            Assert.Throws<IOException>(() => model.ExportOnnx(path));
            Assert.Throws<IOException>(() => model.ExportWeights(path));
            Assert.AreEqual("the old file", File.ReadAllText(path));
            CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(folder.Path), "nothing half-written lies beside it");
            // A training that cannot keep its state says so; it does not go on without.
            CheckpointOptions checkpoint = new() { Folder = folder.PathOf("checkpoints"), Epochs = 1 };
            TrainingOptions training = FastTraining.Options with { Checkpoint = checkpoint };
            Assert.Throws<IOException>(() => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Training = training })
                .Fit(LabelledRow.View(Ml, 60)));
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            return RunningProgram.Run(program, arguments).ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
