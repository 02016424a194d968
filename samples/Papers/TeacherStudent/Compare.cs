using Papers.Results;
using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>
/// Prints published losses beside ours. They agree within .3 decades or 3 combined standard errors. Losses below 1e-6 depend on the
/// stopping rule and are not counted.
/// </summary>
internal static class Compare
{
    private const double Decades = .3;
    private const double StoppingLoss = 1e-6;

    public static void Print(string published, string csv)
    {
        PublishedCell[] cells = PublishedCell.Read(published);
        ResultFile<Run> file = ResultFile<Run>.Open(csv, cells[0].Columns);
        ILookup<Run, double> ours = file.Rows.ToLookup(row => row.Job with { Seed = 0 }, row => row.GeneralisationLoss);
        (Run Run, Agreement Pair)[] pairs = [.. cells.Where(cell => ours.Contains(cell.Run))
            .Select(cell => (cell.Run, new Agreement(LabelsOf(cell.Run), cell.Losses, Statistic.FromLosses(ours[cell.Run]), Decades)))];
        if (pairs.Length == 0)
            throw new InvalidDataException($"{file.FullPath} has no run of a cell in {published}.");
        AgreementTable.Print(
            ["setup", "size", "relation", "rescaling", "n"], pairs.Select(entry => entry.Pair), losses => losses.ToLossText(),
            pair => IsCounted(pair) ? AgreementTable.YesOrNo(pair) : "(below)");
        Console.WriteLine("The difference is in decades.");

        (Run Run, Agreement Pair)[] counted = [.. pairs.Where(entry => IsCounted(entry.Pair))];
        int agreeing = counted.Count(entry => entry.Pair.Holds);
        string share = counted.Length == 0 ? "none" : $"{100.0 * agreeing / counted.Length:F1} %";
        Console.WriteLine($"{agreeing} of {counted.Length} cells above {StoppingLoss:E0} agree ({share}), "
            + $"and {pairs.Count(entry => entry.Pair.Holds)} of all {pairs.Length}. "
            + $"{cells.Length - pairs.Length} published cells were not run.");
        (int same, int clear) = CountOrders(counted);
        Console.WriteLine($"Of {clear} pairs of setups whose published losses differ clearly, {same} are in the same order here.");
    }

    private static string[] LabelsOf(Run run)
        => [run.Setup, $"{run.Size}", run.Relation, $"{run.Rescaling}", $"{run.TrainingSize}"];

    private static bool IsCounted(Agreement pair) => pair.Published.Mean >= Math.Log10(StoppingLoss);

    /// <summary>Counts the pairs of setups whose published losses differ clearly, and those in the same order here.</summary>
    private static (int Same, int Clear) CountOrders((Run Run, Agreement Pair)[] counted)
    {
        int same = 0;
        int clear = 0;
        foreach (var cell in counted.GroupBy(entry => entry.Run with { Setup = "" }, entry => entry.Pair))
        {
            Agreement[] setups = [.. cell];
            for (int i = 0; i < setups.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    var published = new Agreement([], setups[i].Published, setups[j].Published);
                    if (Math.Abs(published.Difference) <= Decades || published.Holds)
                        continue;
                    clear++;
                    same += Math.Sign(published.Difference) == Math.Sign(setups[j].Ours.Mean - setups[i].Ours.Mean) ? 1 : 0;
                }
            }
        }
        return (same, clear);
    }
}
