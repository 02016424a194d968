using System.Globalization;
using Microsoft.Playwright;

namespace FeatureReuse.Samples.Tests;

/// <summary>Opens a report of the finetuning experiment in a browser.</summary>
[TestClass]
public sealed class ReportTests
{
    private static readonly RepositoryProgram Program = new("Papers");
    private static readonly TemporaryFolder Folder = new();

    private static string Page => Folder.PathOf("report.html");

    private static string[] Command =>
    [
        "finetuning", "--n-train", "16,32", "--seeds", "0-1", "--rescaling", "0.25",
        "--auxiliary", "1200", "--pretrain-epochs", "1", "--max-epochs", "12", "--device", "cpu",
        "--choose", "--csv", Folder.PathOf("results.csv"), "--report", Page,
    ];

    /// <summary>Chromium as Debian packages it, or as CHROMIUM names it.</summary>
    private static string Browser => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>Pairs of texts whose boxes meet, with all details open.</summary>
    private const string FindOverlaps = """
        () => {
            document.querySelectorAll('details').forEach(details => details.open = true);
            const boxes = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const node = walker.currentNode;
                const parent = node.parentElement;
                if (!node.data.trim() || parent.closest('style,title,desc,.skip')) continue;
                const range = document.createRange();
                range.selectNodeContents(node);
                for (const box of range.getClientRects())
                    if (box.width > 1 && box.height > 1) boxes.push({ text: node.data.trim(), box, node });
            }
            const overlaps = [];
            for (let i = 0; i < boxes.length; i++)
                for (let j = 0; j < i; j++) {
                    const a = boxes[i], b = boxes[j];
                    if (a.node === b.node) continue;
                    const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
                    const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
                    // Line boxes are taller than letters, so that neighbours may touch a little.
                    if (width > 2 && height > 6) overlaps.push(`'${a.text}' and '${b.text}' by ${width.toFixed(0)} x ${height.toFixed(0)}`);
                }
            return overlaps;
        }
        """;

    [ClassInitialize]
    public static void WriteReport(TestContext context) => Program.Run(Command).RequireSuccess();

    [ClassCleanup]
    public static void RemoveFolder() => Folder.Dispose();

    private static async Task OpenAsync(BrowserNewPageOptions options, Func<IPage, Task> look)
    {
        if (!File.Exists(Browser))
            Assert.Inconclusive($"There is no {Browser}; eng/setup.sh installs Chromium, or CHROMIUM names another.");
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox"] });
        IPage page = await browser.NewPageAsync(options);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                complaints.Add($"asks for {request.Url}");
        };
        await page.GotoAsync("file://" + Page);
        await look(page);
        Assert.IsEmpty(complaints, string.Join('\n', complaints));
    }

    /// <summary>No two texts overlap, in a chart or outside, and the page does not scroll sideways.</summary>
    [TestMethod]
    [DataRow(400, ColorScheme.Light)]
    [DataRow(400, ColorScheme.Dark)]
    [DataRow(1400, ColorScheme.Light)]
    [DataRow(1400, ColorScheme.Dark)]
    public async Task No_text_overlaps(int width, ColorScheme scheme)
        => await OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme }, async page =>
        {
            string[] overlaps = await page.EvaluateAsync<string[]>(FindOverlaps);
            Assert.IsEmpty(overlaps, string.Join('\n', overlaps.Take(10)));
            int scrollWidth = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            Assert.IsLessThanOrEqualTo(width, scrollWidth, "the width of the page");
        });

    [TestMethod]
    public async Task An_overlap_would_be_seen()
        => await OpenAsync(new(), async page =>
        {
            await page.EvaluateAsync("""
                () => {
                    const svg = document.querySelector('svg');
                    const copy = svg.querySelector('text').cloneNode(true);
                    copy.textContent = 'intruder';
                    svg.append(copy);
                }
                """);
            string[] overlaps = await page.EvaluateAsync<string[]>(FindOverlaps);
            Assert.IsTrue(overlaps.Any(overlap => overlap.Contains("intruder", StringComparison.Ordinal)));
        });

    [TestMethod]
    public async Task The_charts_show_what_the_files_say()
        => await OpenAsync(new(), async page =>
        {
            string[] rows = File.ReadAllLines(Folder.PathOf("results.csv"));
            string[] header = rows[0].Split(',');
            int Column(string name) => Array.IndexOf(header, name);
            string[] tips = await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('#accuracy path title')].map(title => title.textContent)");
            var means = rows.Skip(1).Select(row => row.Split(',')).GroupBy(row => (Setup: row[Column("setup")],
                Factor: row[Column("setup")].Contains("chosen", StringComparison.Ordinal)
                    ? "" : row[Column("rescaling")], Size: row[Column("n_train")])).ToArray();
            Assert.HasCount(means.Length, tips);
            foreach (var cell in means)
            {
                double mean = cell.Average(row => double.Parse(row[Column("accuracy")], CultureInfo.InvariantCulture));
                string setup = cell.Key.Factor is "1" or "" ? cell.Key.Setup : $"{cell.Key.Setup} rescaled by {cell.Key.Factor}";
                CollectionAssert.Contains(tips, string.Create(CultureInfo.InvariantCulture, $"{setup}: {mean:G4} at {cell.Key.Size}"));
            }
            foreach (string section in new[] { "candidates", "signatures" })
            {
                string csv = await page.EvaluateAsync<string>(
                    $"() => atob(document.querySelector('#{section} a[download]').href.split('base64,')[1])");
                string[] values = [.. csv.TrimEnd('\n').Split('\n').Skip(1).SelectMany(row => row.Split(',')).Select(Rounded)];
                string[] drawn = await page.EvaluateAsync<string[]>($"() => [...document.querySelectorAll('#{section} path title')]"
                    + ".map(title => title.textContent.split(': ')[1].split(' at ')[0])");
                Assert.IsNotEmpty(drawn);
                CollectionAssert.IsSubsetOf(drawn.Distinct().ToArray(), values.Distinct().ToArray(), section);
            }
        });

    private static string Rounded(string cell)
        => double.TryParse(cell, CultureInfo.InvariantCulture, out double number) ? FormattableString.Invariant($"{number:G4}") : cell;

    [TestMethod]
    public async Task Every_section_is_there_and_has_a_name_for_those_who_do_not_see_it()
        => await OpenAsync(new(), async page =>
        {
            CollectionAssert.AreEqual(
                new[] { "accuracy", "candidates", "signatures", "learning", "confusion", "origin" },
                await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main section')].map(section => section.id)"));
            async Task<int> Count(string elements, string condition)
                => await page.EvaluateAsync<int>($"() => [...document.querySelectorAll('{elements}')].filter({condition}).length");
            Assert.AreEqual(0, await Count("img", "image => !image.alt || !image.naturalWidth"),
                "images without text or that are not shown");
            const string IsElsewhere = "!document.getElementById(id) || document.getElementById(id).ownerSVGElement !== svg";
            Assert.AreEqual(0, await Count("svg", $"svg => svg.getAttribute('aria-labelledby').split(' ').some(id => {IsElsewhere})"),
                "charts without a name of their own");
            Assert.AreEqual(0, await Count("table", "table => !table.querySelector('th[scope]')"), "tables without headings");
            string text = await page.InnerTextAsync("#origin");
            StringAssert.Contains(text, "--choose");
            StringAssert.Contains(text, LibraryVersion.Current);
            await page.Keyboard.PressAsync("Tab");
            Assert.AreEqual("Skip to the content", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        });

    [TestMethod]
    public void A_report_that_cannot_be_written_is_told_before_anything_runs()
    {
        string csv = Folder.PathOf("never.csv");
        Program.Run("finetuning", "--csv", csv, "--report", Folder.PathOf("missing/report.html"))
            .RequireError("report.html cannot be written: ");
        Assert.IsFalse(File.Exists(csv));
    }
}
