using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>Merges the files of all shares.</summary>
internal static class Merge
{
    public static void Run(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder} does not exist; --results is the folder that the shares wrote to.");
        MergeFiles<AccuracyRow>(folder, "accuracy");
        MergeFiles<SignatureRow>(folder, "signatures");
    }

    private static void MergeFiles<TRow>(string folder, string name) where TRow : class, IResult<TRow>
    {
        string[] parts = [.. Directory.GetFiles(folder, $"{name}.*-of-*.csv").Order(StringComparer.Ordinal)];
        var target = new ResultFile<TRow>(Path.Combine(folder, $"{name}.csv"));
        int before = target.Rows.Count;
        // All new lines are written at once: a merge that is killed can be repeated.
        target.Append(parts.SelectMany(part => new ResultFile<TRow>(part).Rows));
        int after = target.Rows.Count;
        Console.WriteLine($"{target.FullPath}: {after} lines, {after - before} of them new, from {parts.Length} files of shares.");
    }
}
