using System.Globalization;

namespace CifarFinetuning;

/// <summary>What choosing the factor gave, against the factor 1 and against the best fixed factor, which only the test images tell; seed by seed.</summary>
internal static class ChoiceSummary
{
    public static void Print(Settings settings, IReadOnlyList<ResultRow> rows)
    {
        Setup[] setups = Setup.All(settings);
        if (setups.FirstOrDefault(setup => setup.IsChoice) is not { } choice)
            return;
        Setup[] fixedFactors = [.. setups.Where(setup => setup.Name == Setup.Finetuning)];
        foreach (int size in settings.TrainingSizes)
        {
            ResultRow[] Of(Setup setup) => [.. rows.Where(row => setup.Has(row) && row.TrainingSize == size).OrderBy(row => row.Seed)];
            ResultRow[] chosen = Of(choice);
            Setup best = fixedFactors.MaxBy(setup => Of(setup).Average(row => row.Accuracy))!;
            Setup one = fixedFactors.Single(setup => setup.Rescalings[0] == 1);
            string factors = string.Join(", ", chosen.GroupBy(row => row.Rescaling).OrderBy(group => group.Key)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} ({group.Count()})")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"n = {size}: chosen {factors}; accuracy {chosen.Average(row => row.Accuracy):F3}, {Difference(chosen, Of(one))} against factor 1, {Difference(chosen, Of(best))} against the best fixed factor in hindsight ({best.Rescalings[0]})."));
        }
    }

    /// <summary>Mean of the differences and its standard error.</summary>
    private static string Difference(ResultRow[] chosen, ResultRow[] other)
    {
        double[] differences = [.. chosen.Zip(other, (first, second) => first.Accuracy - second.Accuracy)];
        double mean = differences.Average();
        double variance = differences.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, differences.Length - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.000;-0.000;0.000}{(differences.Length > 1 ? $" ± {Math.Sqrt(variance / differences.Length):F3}" : "")}");
    }
}
