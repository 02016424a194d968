using Microsoft.ML;

namespace FeatureReuse.ChildProcess;

/// <summary>Trains with everything that has a state, in a process that a test kills at any moment and starts again.</summary>
internal static class InterruptedTraining
{
    /// <summary>Trains with checkpoints in the folder, and saves the model.</summary>
    public static int Run(string kind, string folder, string modelPath)
    {
        var ml = new MLContext(seed: 5);
        var images = new GeneratedImagesOptions { Features = VisualFeatures.Colour, Levels = 2, Count = 96, Seed = 1 };
        var training = new TrainingOptions
        {
            Optimizer = kind == "choice" ? Optimizer.Adam : Optimizer.Sgd,
            LearningRate = kind == "choice" ? 1e-3 : .02,
            Schedule = LearningRateSchedule.OneCycle,
            BatchSize = 16,
            MaximumEpochs = kind == "choice" ? 6 : 25,
            LossThreshold = 0,
            EarlyStopping = new() { ValidationFraction = .25, Patience = 100 },
            Regularization = new() { L2SP = 1e-3, EmaDecay = .9, LabelSmoothing = .05 },
            Augmentation = Augmentation.Standard with { MixUp = .2, CutoutSize = 8, Brightness = .2 },
            Threads = 1,
            Device = ComputeDevice.Cpu,
            Checkpoint = new() { Folder = folder, Interval = TimeSpan.FromMilliseconds(20) },
        };
        NetworkTransformer model;
        if (kind == "choice")
        {
            // Pretraining is not under test here, and has no checkpoints.
            using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new()
            {
                Architecture = NetworkArchitecture.SmallCnn,
                Training = training with { MaximumEpochs = 1, Checkpoint = null },
            }).Fit(ml.FeatureReuse.GenerateImages(images));
            model = ml.FeatureReuse.Finetune(pretrained, new()
            {
                Rescaling = RescalingChoice.PaperFactors with { Folds = 2, MaxDegreeOfParallelism = 1 },
                LinearProbe = training with { Augmentation = null, Checkpoint = null },
                Training = training,
            }).Fit(ml.FeatureReuse.GenerateImages(images with { Seed = 2 }));
        }
        else
        {
            model = ml.FeatureReuse.TrainMultiTask(new()
            {
                Auxiliary = ml.FeatureReuse.GenerateImages(images with { Features = VisualFeatures.Shape, Seed = 3 }),
                Architecture = NetworkArchitecture.SmallCnn,
                Training = training,
            }).Fit(ml.FeatureReuse.GenerateImages(images));
        }
        model.Save(modelPath);
        model.Dispose();
        return 0;
    }
}
