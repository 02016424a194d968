using Papers.Results;
using Papers.Running;

namespace Papers.Finetuning;

/// <summary>Compares the chosen factor, seed by seed, with factor 1 and with the fixed factor that is best on the test images.</summary>
internal static class ChoiceSummary
{
    public static void Print(IReadOnlyList<ResultRow> rows)
    {
        foreach (var ofSize in rows.GroupBy(row => row.TrainingSize).Where(alike => alike.Any(row => row.IsChoice)))
        {
            ResultRow[] chosen = [.. ofSize.Where(row => row.IsChoice).OrderBy(row => row.Seed)];
            ResultRow[][] fixedFactors =
            [
                .. ofSize.Where(row => row.Setup == Setups.Finetuning).GroupBy(row => row.Rescaling)
                    .Select(alike => alike.OrderBy(row => row.Seed).ToArray()),
            ];
            ResultRow[] one = fixedFactors.Single(alike => alike[0].Rescaling == 1);
            ResultRow[] best = fixedFactors.MaxBy(MeanAccuracy)!;
            string factors = string.Join(", ", chosen.GroupBy(row => row.Rescaling).OrderBy(group => group.Key)
                .Select(group => $"{group.Key} ({group.Count()})"));
            Console.WriteLine($"n = {ofSize.Key}: chosen {factors}; accuracy {MeanAccuracy(chosen):F3}, "
                + $"{Difference(chosen, one)} against factor 1, "
                + $"{Difference(chosen, best)} against the best fixed factor in hindsight ({best[0].Rescaling}).");
        }
    }

    private static double MeanAccuracy(ResultRow[] rows) => rows.Average(row => row.Accuracy);

    /// <summary>Formats the mean of the differences and its standard error.</summary>
    private static string Difference(ResultRow[] chosen, ResultRow[] other)
    {
        Statistic difference = Statistic.From([.. chosen.Zip(other, (first, second) => first.Accuracy - second.Accuracy)]);
        string spread = difference.Count > 1 ? $" ± {difference.StandardError:F3}" : "";
        return $"{difference.Mean:+0.000;-0.000;0.000}{spread}";
    }
}
