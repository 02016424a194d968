using System.Globalization;

namespace FeatureReuse.Samples.Tests;

/// <summary>Microsoft.ML.TorchSharp and FeatureReuse in one program, on one TorchSharp and one libtorch.</summary>
[TestClass]
public sealed class MLNetTorchSharpTests
{
    [TestMethod]
    public void Modules_of_MLNet_are_pretrained_finetuned_saved_and_loaded()
    {
        using var folder = new TemporaryFolder();
        ProgramResult result = new RepositoryProgram("MLNetTorchSharp").Run(folder.Path).RequireSuccess();
        string[] lines = result.Output.TrimEnd().Split('\n');
        double[] accuracies = Numbers(lines.Single(line => line.StartsWith("accuracy ", StringComparison.Ordinal)));
        Assert.IsGreaterThan(.7, accuracies[0], "finetuned; 4 classes");
        Assert.IsGreaterThan(accuracies[1] + .1, accuracies[0], "finetuned and from scratch");
        foreach (string layer in new[] { "embedding", "convolutions", "attention" })
        {
            double[] norms = Numbers(lines.Single(line => line.StartsWith(layer + ":", StringComparison.Ordinal)));
            Assert.IsGreaterThan(.01 * norms[0], norms[1], layer);
        }
        CollectionAssert.AreEqual(new double[] { 0, 0 }, Numbers(lines[^1]), lines[^1]);
    }

    private static double[] Numbers(string line) => [.. line.Split(' ', ',', ';')
        .Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)
        .Where(number => !double.IsNaN(number))];
}
