using System.Globalization;

namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>Code that the README shows and a test runs; it stands between marks, and is compared.</summary>
internal static class ReadmeCode
{
    private const string Mark = "// README\n";

    public static void RequireShown(string file)
    {
        string source = File.ReadAllText(Repository.PathOf("tests", "FeatureReuse.MLNet.Tests", "Pipelines", file)).ReplaceLineEndings("\n");
        IEnumerable<string> parts = source.Split(Mark).Where((_, index) => index % 2 == 1).Select(Unindent);
        bool isShown = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n").Contains($"```csharp\n{string.Join("\n\n", parts)}\n```", StringComparison.Ordinal);
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

    private static string Unindent(string part)
    {
        string[] lines = part.TrimEnd().Split('\n');
        int indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : ""));
    }
}
