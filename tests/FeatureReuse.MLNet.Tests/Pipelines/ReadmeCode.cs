using System.Globalization;

namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>Code that the README shows and a test runs; it stands between marks, and is compared.</summary>
internal static class ReadmeCode
{
    private const string Mark = "// README\n";

    /// <param name="file">The source, in this folder.</param>
    /// <param name="indent">What the README puts before each line, as within a list.</param>
    public static void RequireShown(string file, string indent = "")
    {
        string path = Repository.PathOf("tests", "FeatureReuse.MLNet.Tests", "Pipelines", file);
        string source = File.ReadAllText(path).ReplaceLineEndings("\n");
        IEnumerable<string> parts = source.Split(Mark).Where((_, index) => index % 2 == 1).Select(Unindent);
        string[] lines = $"```csharp\n{string.Join("\n\n", parts)}\n```".Split('\n');
        string block = string.Join('\n', lines.Select(line => line.Length > 0 ? indent + line : line));
        string readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");
        bool isShown = readme.Contains($"\n{block}\n", StringComparison.Ordinal);
        Assert.IsTrue(isShown, $"The README must show what stands between the marks in {file}.");
    }

    /// <summary>What the code writes to the console, line by line.</summary>
    public static string[] LinesOf(Action code)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(output);
        try
        {
            code();
        }
        finally
        {
            Console.SetOut(before);
        }
        return output.ToString().Trim().Split('\n');
    }

    /// <summary>Runs code whose current folder is a temporary one.</summary>
    public static void InFolder(Action code)
    {
        using var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            code();
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static string Unindent(string part)
    {
        string[] lines = part.TrimEnd().Split('\n');
        int indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : ""));
    }
}
