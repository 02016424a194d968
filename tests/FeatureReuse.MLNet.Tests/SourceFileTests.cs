using System.Text.RegularExpressions;

namespace FeatureReuse.MLNet.Tests;

/// <summary>Files and lines are short enough to be read at a glance.</summary>
[TestClass]
public sealed partial class SourceFileTests
{
    private const int LongestFile = 300;
    private const int LongestLine = 140;
    private const int LongestProse = 160;
    private const int MedianOfSource = 100;

    private static IEnumerable<string> Code
        => new[] { "src", "tests", "samples", "benchmarks" }.SelectMany(folder => SourceFiles.Under(folder));

    [TestMethod]
    public void No_file_of_code_is_longer_than_300_lines()
        => AssertNone(Code.Select(file => (file, Count: File.ReadLines(file).Count())).Where(pair => pair.Count > LongestFile)
            .Select(pair => $"{NameOf(pair.file)} has {pair.Count} lines"));

    [TestMethod]
    public void Half_of_the_source_files_are_shorter_than_100_lines()
    {
        int[] counts = [.. SourceFiles.Under("src").Select(file => File.ReadLines(file).Count()).Order()];
        Assert.IsLessThan(MedianOfSource, counts[counts.Length / 2], "lines of the file in the middle");
    }

    [TestMethod]
    public void No_line_of_code_is_longer_than_140_characters()
        => AssertNone(Code.SelectMany(file => TooLong(NameOf(file), File.ReadLines(file), LongestLine)));

    [TestMethod]
    public void No_line_of_prose_is_longer_than_160_characters()
        => AssertNone(SourceFiles.Prose().SelectMany(file => TooLong(NameOf(file), File.ReadLines(file).Select(Wrappable), LongestProse)));

    [TestMethod]
    public void A_line_that_is_too_long_is_named_with_its_length()
    {
        CollectionAssert.AreEqual(new[] { "a.cs:2 has 6 characters" }, TooLong("a.cs", ["12345", "123456", "1"], 5).ToArray());
        Assert.AreEqual("", Wrappable("| a row of a table |"));
        Assert.AreEqual("See  for more.", Wrappable("See [the page](https://example.org/a) for more."));
    }

    private static IEnumerable<string> TooLong(string name, IEnumerable<string> lines, int longest)
        => lines.Select((line, index) => (line.Length, Number: index + 1)).Where(line => line.Length > longest)
            .Select(line => $"{name}:{line.Number} has {line.Length} characters");

    /// <summary>What of a line of Markdown can be wrapped: rows of tables and links cannot.</summary>
    private static string Wrappable(string line) => line.TrimStart().StartsWith('|') ? "" : Link().Replace(line, "");

    private static void AssertNone(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.IsEmpty(all, string.Join('\n', all.Prepend($"{all.Length} places:")));
    }

    private static string NameOf(string file) => Path.GetRelativePath(Repository.Root, file);

    [GeneratedRegex(@"!?\[[^\]]*\]\([^)]*\)|https?://\S+")]
    private static partial Regex Link();
}
