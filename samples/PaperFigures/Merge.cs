using System.Globalization;
using FeatureReuse.Samples;

namespace PaperFigures;

/// <summary>Gathers what shares have written.</summary>
internal static class Merge
{
    public static int Run(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder} does not exist; --results is the folder that the shares wrote to.");
        Gather<AccuracyRow, AccuracyRow>(folder, "accuracy", row => row.Job);
        Gather<SignatureRow, SignatureRow>(folder, "signatures", row => row.Place);
        return 0;
    }

    private static void Gather<TRow, TKey>(string folder, string name, Func<TRow, TKey> key) where TRow : class
    {
        string whole = Path.Combine(folder, $"{name}.csv");
        string[] parts = [.. Directory.GetFiles(folder, $"{name}.*-of-*.csv").Order(StringComparer.Ordinal)];
        var target = new CsvFile<TRow>(whole);
        HashSet<TKey> known = [.. target.Rows.Select(key)];
        int before = known.Count;
        // All new lines in one write: a merge that is killed is repeated without harm.
        target.Append([.. parts.SelectMany(part => new CsvFile<TRow>(part).Rows).Where(row => known.Add(key(row)))]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{whole}: {known.Count} lines, {known.Count - before} of them new, from {parts.Length} files of shares."));
    }
}
