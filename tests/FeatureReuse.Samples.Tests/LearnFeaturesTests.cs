using System.Globalization;

namespace FeatureReuse.Samples.Tests;

[TestClass]
public sealed class LearnFeaturesTests
{
    [TestMethod]
    public void Learned_features_beat_the_inputs_at_every_size()
    {
        ProgramResult result = new RepositoryProgram("LearnFeatures").Run().RequireSuccess();
        string[] lines = [.. result.Output.Split('\n').Where(line => line.StartsWith("n = ", StringComparison.Ordinal))];
        Assert.HasCount(4, lines);
        foreach (string line in lines)
        {
            double[] numbers = [.. line.Split(':')[1].Split(',')
                .Select(part => double.Parse(part.Trim().Split(' ')[0], CultureInfo.InvariantCulture))];
            Assert.IsGreaterThan(numbers[1] + .15, numbers[0], line);
        }
    }
}
