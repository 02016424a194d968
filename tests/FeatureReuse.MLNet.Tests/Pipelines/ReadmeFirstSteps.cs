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
        string[] lines = ReadmeCode.LinesOf(FirstSteps);
        string shown = File.ReadAllText(Repository.PathOf("README.md"));
        foreach (string line in lines)
        {
            string name = line[..line.IndexOf(':', StringComparison.Ordinal)];
            Match match = Regex.Match(shown, $@"^{name}: accuracy (0\.\d\d)$", RegexOptions.Multiline);
            Assert.IsTrue(match.Success, $"The README must show the line of '{name}'.");
            Assert.AreEqual(AccuracyOf(match.Value), AccuracyOf(line), Tolerance, line);
        }
        Assert.IsGreaterThan(AccuracyOf(lines[0]), AccuracyOf(lines[1]), "finetuning is better than training from scratch");
    }

    [TestMethod]
    public void The_readme_shows_the_first_steps_that_run() => ReadmeCode.RequireShown("ReadmeFirstSteps.cs");

    private static double AccuracyOf(string line) => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);

    private static void FirstSteps()
    {
        // README
        var ml = new MLContext(seed: 1);

        // Many images of an auxiliary task, and few of the main task, whose classes share two of the four features.
        IDataView auxiliary = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.All, Count = 6_000, Seed = 1 });
        IDataView main = ml.FeatureReuse.GenerateImages(
            new() { Features = VisualFeatures.Colour | VisualFeatures.Shape, Levels = 2, Count = 400, Seed = 2 });
        var split = ml.Data.TrainTestSplit(main, testFraction: .5);

        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(new()
        {
            Architecture = NetworkArchitecture.SmallCnn,
            Training = new() { LearningRate = .1, Schedule = LearningRateSchedule.OneCycle, MaximumEpochs = 6 },
        }).Fit(auxiliary);

        // Multiplies the pretrained weights by 0.5, and then trains all of them.
        var training = new TrainingOptions { LearningRate = .01, MaximumEpochs = 100 };
        using NetworkTransformer finetuned = ml.FeatureReuse.Finetune(
            pretrained, new() { Rescaling = .5f, Training = training }).Fit(split.TrainSet);
        using NetworkTransformer scratch = ml.FeatureReuse.Pretrain(
            new() { Architecture = NetworkArchitecture.SmallCnn, Training = training }).Fit(split.TrainSet);

        foreach (var (name, model) in new[] { ("from scratch", scratch), ("finetuned", finetuned) })
            Console.WriteLine($"{name}: accuracy {ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy:F2}");
        // README
    }
}
