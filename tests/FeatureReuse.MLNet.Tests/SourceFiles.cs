namespace FeatureReuse.MLNet.Tests;

/// <summary>Finds the files of the repository, without what builds and downloads leave in it.</summary>
internal static class SourceFiles
{
    private static readonly string[] Left = ["artifacts", "bin", "obj", "node_modules"];

    public static IEnumerable<string> Under(params string[] folder) => Find(Repository.PathOf(folder), "*.cs");

    public static IEnumerable<string> Prose() => Find(Repository.Root, "*.md");

    private static IEnumerable<string> Find(string folder, string pattern)
        => Directory.EnumerateFiles(folder, pattern).Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => !Left.Contains(Path.GetFileName(inner)) && Path.GetFileName(inner)[0] != '.')
            .SelectMany(inner => Find(inner, pattern))).Order();
}
