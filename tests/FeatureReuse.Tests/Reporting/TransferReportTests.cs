using System.Text.RegularExpressions;

namespace FeatureReuse.Tests.Reporting;

[TestClass]
public sealed class TransferReportTests : IDisposable
{
    private static readonly TrainingOptions FewEpochs =
        FastTraining.Options with { MaximumEpochs = 3, EarlyStopping = new() { ValidationFraction = .2 } };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static TransferReport Full()
    {
        var main = Images.Learnable(40, classes: 2, seed: 2);
        using TrainedClassifier pretrained = FastTraining.Train(FewEpochs, Images.Learnable(60));
        using TrainedClassifier finetuned = FeatureTransfer.Finetune(pretrained, main,
            RescalingChoice.From(.5f, 1, Rescaling.OverDepth(.25f)) with { Folds = 2 }, FewEpochs);
        return new()
        {
            Title = "Cats & <dogs>",
            Command = "run --with \"quotes\" & <brackets>",
            Accuracies = [new("STL", 16, 0, .5), new("STL", 16, 1, .7), new("PT+FT", 16, 0, .8)],
            Runs = finetuned.Runs,
            Signatures = FeatureTransfer.CompareLayers(pretrained, finetuned, main),
            Confusion = Confusion.From(finetuned, main),
        };
    }

    [TestMethod]
    public void A_page_has_a_section_for_everything_and_asks_for_nothing()
    {
        string html = Full().ToHtml();
        foreach (string section in new[] { "accuracy", "candidates", "signatures", "learning", "confusion", "origin" })
            StringAssert.Contains(html, $"<section id=\"{section}\">");
        StringAssert.Contains(html, "<h1>Cats &amp; &lt;dogs&gt;</h1>");
        StringAssert.Contains(html, "0.25 to 1 over depth");
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), "an address");
        Assert.IsFalse(html.Contains("<script", StringComparison.Ordinal));
        foreach (string empty in new[] { "<td/>", "<td />", "<th/>", "<th />", "<p/>", "<p />", "<li />", "<style />" })
            Assert.IsFalse(html.Contains(empty, StringComparison.Ordinal), $"{empty}, which browsers take for an element that is open");
    }

    /// <summary>A network finetuned twice has two choices behind it, and a dead layer has no dimensions.</summary>
    [TestMethod]
    public void Two_choices_and_a_dead_layer_make_a_page_whose_ids_differ()
    {
        TransferReport full = Full();
        TransferReport report = full with
        {
            Runs = [.. full.Runs, full.Runs[^1]],
            Signatures = [.. full.Signatures, new(9, "dead", 2, 0, 0, 0, 1, 1, 0)],
        };
        string html = report.ToHtml();
        string[] ids = [.. Regex.Matches(html, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        CollectionAssert.AllItemsAreUnique(ids);
        CollectionAssert.Contains(ids, "candidates-2");
        StringAssert.Contains(html, "dead: new (0 % shared)");
    }

    [TestMethod]
    public void A_report_of_nothing_but_a_title_is_a_page()
    {
        string path = _folder.PathOf("report.html");
        new TransferReport { Title = "Empty" }.Save(path);
        StringAssert.StartsWith(File.ReadAllText(path), "<!DOCTYPE html>");
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public void A_path_that_cannot_be_written_is_named_and_leaves_nothing()
    {
        foreach (string path in new[] { _folder.Path, _folder.PathOf("missing/report.html") })
        {
            StringAssert.StartsWith(Assert.ThrowsExactly<IOException>(() => new TransferReport { Title = "Never" }.Save(path)).Message,
                $"The report {path} cannot be written: ");
        }
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
