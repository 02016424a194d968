using Papers.Results;
using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>Prints published means beside ours. They agree within 3 combined standard errors.</summary>
internal static class Compare
{
    public static void Print(string published, string results)
    {
        PublishedValue[] values = PublishedValue.Read(published);
        bool isAccuracy = values[0].Cell.Layer is null;
        string path = Path.Combine(results, isAccuracy ? "accuracy.csv" : "signatures.csv");
        IEnumerable<(Cell Cell, double Value, string Options)> ours = isAccuracy
            ? ResultFile<AccuracyRow>.Open(path).Rows.SelectMany(Cell.ValuesOf)
            : ResultFile<SignatureRow>.Open(path).Rows.SelectMany(Cell.ValuesOf);
        ILookup<Cell, (Cell Cell, double Value, string Options)> byCell = ours.ToLookup(entry => entry.Cell);
        (string Options, Agreement Pair)[] pairs =
        [
            .. from value in values
               from alike in byCell[value.Cell].GroupBy(entry => entry.Options)
               select (alike.Key, PairOf(value, alike.Key, Statistic.From([.. alike.Select(entry => entry.Value)]))),
        ];
        if (pairs.Length == 0)
            throw new InvalidDataException($"{path} has no run of a cell in {published}.");
        AgreementTable.Print(["setup", "rescaling", "n", "layer", "quantity", "options"], pairs.Select(entry => entry.Pair),
            value => value.ToErrorText(), AgreementTable.YesOrNo);
        foreach (var alike in pairs.GroupBy(entry => entry.Options, entry => entry.Pair))
        {
            string name = alike.Key == "" ? "As in the paper" : alike.Key;
            int agreeing = alike.Count(pair => pair.Holds);
            Console.WriteLine(
                $"{name}: {agreeing} of {alike.Count()} cells agree within {Agreement.StandardErrors} combined standard errors.");
        }
        string[] missing = [.. values.Select(value => value.Cell).Where(cell => !byCell.Contains(cell))
            .Select(cell => $"{cell.Setup} x{cell.Rescaling} n={cell.TrainingSize}").Distinct()];
        Console.WriteLine(missing.Length == 0 ? "All published cells were run." : $"Not run: {string.Join(", ", missing)}.");
    }

    private static Agreement PairOf(PublishedValue value, string options, Statistic ours)
    {
        Cell cell = value.Cell;
        string[] labels = [cell.Setup, $"{cell.Rescaling}", $"{cell.TrainingSize}", $"{cell.Layer}", cell.Quantity, options];
        return new(labels, value.Value, ours);
    }
}
