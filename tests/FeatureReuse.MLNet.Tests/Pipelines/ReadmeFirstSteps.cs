using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Data;
// README
using FeatureReuse;
using Microsoft.ML;

// README
namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>The first example of the README: the code between the marks is compared with it and run.</summary>
[TestClass]
public sealed class ReadmeFirstSteps
{
    /// <summary>The accuracies depend on the processor in the last bits, and so by a few images of 200.</summary>
    private const double Tolerance = .06;

    [TestMethod]
    public void The_first_steps_of_the_readme_print_what_it_shows()
    {
        string line = ReadmeCode.LinesOf(FirstSteps).Single();
        double finetuned = double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
        double scratch = FromScratch();
        Assert.AreEqual(Shown(@"^accuracy (0\.\d\d)$"), finetuned, Tolerance, "finetuned");
        Assert.AreEqual(Shown(@"from\s+scratch reaches (0\.\d\d)"), scratch, Tolerance, "from scratch");
        Assert.IsGreaterThan(scratch, finetuned, "finetuning is better than training from scratch");
    }

    [TestMethod]
    public void The_readme_shows_the_first_steps_that_run() => ReadmeCode.RequireShown("ReadmeFirstSteps.cs");

    private static double Shown(string pattern)
    {
        Match match = Regex.Match(File.ReadAllText(Repository.PathOf("README.md")), pattern, RegexOptions.Multiline);
        Assert.IsTrue(match.Success, $"The README must have a text like {pattern}.");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static void FirstSteps()
    {
        // README
        // Many images of an auxiliary task, and few of the main task, whose classes share two of the four features.
        var ml = new MLContext(seed: 1);
        IDataView auxiliary = ml.FeatureReuse.GenerateImages(new() { Count = 6_000, Seed = 1 });
        IDataView main = ml.FeatureReuse.GenerateImages(
            new() { Features = VisualFeatures.Colour | VisualFeatures.Shape, Levels = 2, Count = 400, Seed = 2 });
        var split = ml.Data.TrainTestSplit(main, testFraction: .5);

        var pretraining = new TrainingOptions { LearningRate = .1, Schedule = LearningRateSchedule.OneCycle, MaximumEpochs = 6 };
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(
            new() { Architecture = NetworkArchitecture.SmallCnn, Training = pretraining }).Fit(auxiliary);

        // Multiplies the pretrained weights by 0.5, and then trains all of them.
        var training = new TrainingOptions { LearningRate = .01, MaximumEpochs = 100 };
        using NetworkTransformer model = ml.FeatureReuse.Finetune(
            pretrained, new() { Rescaling = .5f, Training = training }).Fit(split.TrainSet);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:F2}");
        // README
    }

    private static double FromScratch()
    {
        var ml = new MLContext(seed: 1);
        IDataView main = ml.FeatureReuse.GenerateImages(
            new() { Features = VisualFeatures.Colour | VisualFeatures.Shape, Levels = 2, Count = 400, Seed = 2 });
        var split = ml.Data.TrainTestSplit(main, testFraction: .5);
        var training = new TrainingOptions { LearningRate = .01, MaximumEpochs = 100 };
        using NetworkTransformer model = ml.FeatureReuse.Pretrain(
            new() { Architecture = NetworkArchitecture.SmallCnn, Training = training }).Fit(split.TrainSet);
        return ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy;
    }
}
