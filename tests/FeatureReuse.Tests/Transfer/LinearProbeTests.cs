using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Transfer;

[TestClass]
public sealed class LinearProbeTests
{
    private static readonly LinearProbeThenFinetuneOptions BothPhases = new(FastTraining.Options, FastTraining.Options);
    private static readonly ImageStore Main = Images.Learnable(40, classes: 2, seed: 2);

    [TestMethod]
    public void A_frozen_readout_is_refused_where_it_trains_alone()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        TrainingOptions frozen = FastTraining.Options with { LayerLearningRateFactors = Factor("logits", 0) };
        Failure.Requires<ArgumentException>("freezes the layer 'logits', but a linear probe trains it alone",
            () => FeatureTransfer.LinearProbe(pretrained, Main, frozen));
        Failure.Requires<ArgumentException>("freezes the layer 'logits', but GradualUnfreezingEpochs starts with it",
            () => FeatureTransfer.Finetune(pretrained, Main, 1, frozen with { GradualUnfreezingEpochs = 1 }));
        FeatureTransfer.Finetune(pretrained, Main, 1, frozen).Dispose();
    }

    [TestMethod]
    public void An_unknown_layer_is_named()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        Failure.Requires<ArgumentException>("names the layer 'conv9'", () => FeatureTransfer.LinearProbe(
            pretrained, Main, FastTraining.Options with { LayerLearningRateFactors = Factor("conv9", .1) }));
    }

    [TestMethod]
    public void Features_that_overflow_are_a_diverged_run()
    {
        using TrainedClassifier overflowing = Overflowing();
        TrainingDivergedException diverged = Assert.ThrowsExactly<TrainingDivergedException>(
            () => FeatureTransfer.LinearProbe(overflowing, Main, FastTraining.Options));
        Assert.AreEqual(0, diverged.History.Steps);
        Failure.Requires<InvalidOperationException>("Every candidate of the rescaling diverged",
            () => FeatureTransfer.LinearProbeThenFinetune(overflowing, Main, RescalingChoice.From(1, 2), BothPhases));
    }

    [TestMethod]
    public void A_cancelled_pass_over_the_features_is_a_cancelled_run()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        TrainingOptions cancelled = FastTraining.Options with { CancellationToken = new(canceled: true) };
        TrainingCanceledException stopped = Assert.ThrowsExactly<TrainingCanceledException>(
            () => FeatureTransfer.LinearProbe(pretrained, Main, cancelled));
        Assert.AreEqual(0, stopped.History.Steps);
    }

    [TestMethod]
    public void Both_phases_have_the_listener_and_the_token_of_finetuning()
    {
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        var phases = new List<int>();
        TrainingOptions probe = FastTraining.Options with
        {
            MaximumEpochs = 2, LossThreshold = 0, Progress = new Listener<TrainingProgress>(_ => Assert.Fail("the probe's own listener")),
        };
        TrainingOptions finetuning = FastTraining.Options with
        {
            LossThreshold = 0, Progress = new Listener<TrainingProgress>(step => phases.Add(step.MaximumEpochs)),
        };
        FeatureTransfer.LinearProbeThenFinetune(pretrained, Main, 1, new(probe, finetuning)).Dispose();
        CollectionAssert.AreEqual(new[] { 2, 4 }, phases.Distinct().ToArray(), "epoch limits of what was reported");

        phases.Clear();
        RescalingChoice choice = RescalingChoice.From(.5f, 1) with { Folds = 2 };
        FeatureTransfer.LinearProbeThenFinetune(pretrained, Main, choice, new(probe, finetuning)).Dispose();
        Assert.AreEqual((2 + 4) * 3, phases.Count, "steps of the last run; the folds report none");

        TrainingCanceledException stopped = Assert.ThrowsExactly<TrainingCanceledException>(() => FeatureTransfer.LinearProbeThenFinetune(
            pretrained, Main, 1, new(FastTraining.Options, FastTraining.Options with { CancellationToken = new(canceled: true) })));
        Assert.AreEqual(0, stopped.History.Steps);
    }

    /// <summary>Finetuning is cancelled at its first step; the checkpoint of the probe before it must not train on.</summary>
    [TestMethod]
    public void A_probe_that_ended_at_its_step_limit_stays_as_it_was_when_the_call_is_repeated()
    {
        const int ProbeEpochs = 9;
        using var folder = new TemporaryFolder();
        using TrainedClassifier pretrained = FastTraining.Pretrained();
        TrainingOptions probe = FastTraining.Options with { MaximumEpochs = ProbeEpochs, MaximumSteps = 4, LossThreshold = 0 };
        using TrainedClassifier expected = FeatureTransfer.LinearProbeThenFinetune(pretrained, Main, 1, new(probe, FastTraining.Options));
        TrainingOptions finetuning
            = FastTraining.Options with { Checkpoint = new() { Folder = folder.PathOf("run"), Interval = TimeSpan.Zero } };
        using var cancellation = new CancellationTokenSource();
        var stop = new Listener<TrainingProgress>(step =>
        {
            if (step.MaximumEpochs != ProbeEpochs)
                cancellation.Cancel();
        });
        Assert.ThrowsExactly<TrainingCanceledException>(() => FeatureTransfer.LinearProbeThenFinetune(
            pretrained, Main, 1, new(probe, finetuning with { Progress = stop, CancellationToken = cancellation.Token })));

        using TrainedClassifier resumed = FeatureTransfer.LinearProbeThenFinetune(pretrained, Main, 1, new(probe, finetuning));
        Assert.AreEqual(4, ((TrainingRun)resumed.Runs[^2]).History.Steps);
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = resumed.Network.state_dict();
        foreach ((string name, Tensor value) in expected.Network.state_dict())
            TensorAssert.AreClose(value.to_type(ScalarType.Float64), weights[name].to_type(ScalarType.Float64), rtol: 0, atol: 0, name);
    }

    private static Dictionary<string, double> Factor(string layer, double factor) => new() { [layer] = factor };

    /// <summary>Returns a network whose weights are finite, and whose features are not.</summary>
    private static TrainedClassifier Overflowing()
    {
        TrainedClassifier classifier = FastTraining.Pretrained();
        for (int i = 0; i < 6; i++)
        {
            using TrainedClassifier smaller = classifier;
            classifier = FeatureTransfer.RescaleWeights(smaller, 1000);
        }
        return classifier;
    }
}
