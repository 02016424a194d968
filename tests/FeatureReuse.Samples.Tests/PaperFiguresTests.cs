namespace FeatureReuse.Samples.Tests;

[TestClass]
public sealed class PaperFiguresTests : IDisposable
{
    private const string AccuracyHeader = "network,setup,rescaling,n_train,seed,accuracy,train_loss,epochs,"
        + "pretrain_epochs,pretrain_loss,seconds,device,version,options";
    private const string SignatureHeader = "network,rescaling,n_train,seed,layer,layer_name,"
        + "pr_pretrained,pr_finetuned,ensd,overlap,device,version,options";
    private const int SecondsColumn = 10;

    private static readonly RepositoryProgram Program = new("Papers");

    private readonly TemporaryFolder _folder = new();

    private string Results => _folder.PathOf("results");

    private string Accuracy => Path.Combine(Results, "accuracy.csv");

    private string Signatures => Path.Combine(Results, "signatures.csv");

    private string[] Command(params string[] overrides)
    {
        var options = new Dictionary<string, string>
        {
            ["--network"] = "smallcnn", ["--rescaling"] = "0.5,1", ["--n-train"] = "8,16", ["--seeds"] = "0-1",
            ["--data"] = _folder.PathOf("cifar-100-binary"), ["--results"] = Results,
            ["--auxiliary"] = "300", ["--pretrain-epochs"] = "2", ["--max-epochs"] = "3", ["--device"] = "cpu", ["--threads"] = "1",
        };
        for (int i = 0; i < overrides.Length; i += 2)
            options[overrides[i]] = overrides[i + 1];
        return ["figures", "run", .. options.SelectMany(option => new[] { option.Key, option.Value })];
    }

    /// <summary>Reads the lines without the time, which differs between runs.</summary>
    private static string[] Timeless(string path) => [.. File.ReadAllLines(path)
        .Select(line => string.Join(',', line.Split(',').Where((_, column) => column != SecondsColumn))).Order(StringComparer.Ordinal)];

    [TestInitialize]
    public void WriteData() => TinyCifar100.Write(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Every_job_writes_its_rows_and_a_damaged_cache_is_made_anew_with_the_same_bits()
    {
        Program.Run(Command()).RequireSuccess();
        string[] lines = File.ReadAllLines(Accuracy);
        Assert.AreEqual(AccuracyHeader, lines[0]);
        Assert.HasCount(1 + 2 * 2 * (1 + 1 + 2), lines);
        string[] signatures = File.ReadAllLines(Signatures);
        Assert.AreEqual(SignatureHeader, signatures[0]);
        Assert.HasCount(1 + 2 * 2 * 2 * 5, signatures);
        StringAssert.Contains(Program.Run(Command()).Output, $"16 of 16 runs are in {Accuracy} already.");

        string[] all = Timeless(Accuracy);
        string cached = Directory.GetFiles(Path.Combine(Results, "cache"), "*.safetensors").Order(StringComparer.Ordinal).First();
        File.WriteAllBytes(cached, File.ReadAllBytes(cached)[..100_000]);
        File.WriteAllText(cached + ".1-1.part", "half");
        File.Delete(Accuracy);
        ProgramResult again = Program.Run(Command()).RequireSuccess();
        StringAssert.Contains(again.Output.ReplaceLineEndings(" "), "The network is trained again.");
        StringAssert.Contains(again.Output.ReplaceLineEndings(" "), "left over from an interrupted run.");
        CollectionAssert.AreEqual(all, Timeless(Accuracy));
        CollectionAssert.AreEqual(signatures, File.ReadAllLines(Signatures), "signatures that were there already");
    }

    [TestMethod]
    public void Shares_merge_to_what_one_run_gives()
    {
        string[] setups = ["--setups", "STL,PT+FT"];
        Program.Run(Command(setups)).RequireSuccess();
        string[] whole = Timeless(Accuracy);
        string[] signatures = [.. File.ReadAllLines(Signatures).Order(StringComparer.Ordinal)];
        File.Delete(Accuracy);
        File.Delete(Signatures);
        for (int share = 0; share < 5; share++)
            Program.Run(Command([.. setups, "--job", $"{share}", "--of", "5"])).RequireSuccess();
        Program.Run("figures", "merge", "--results", Results).RequireSuccess();
        CollectionAssert.AreEqual(whole, Timeless(Accuracy));
        CollectionAssert.AreEqual(signatures, File.ReadAllLines(Signatures).Order(StringComparer.Ordinal).ToArray());
        StringAssert.Contains(
            Program.Run("figures", "merge", "--results", Results).Output, "accuracy.csv: 12 lines, 0 of them new, from 5 files of shares.");
    }

    [TestMethod]
    public void Compare_counts_in_combined_standard_errors()
    {
        Directory.CreateDirectory(Results);
        // Ours: .7 +- .1; the published means lie 2 and 10 combined standard errors off.
        File.WriteAllLines(Accuracy,
        [
            AccuracyHeader,
            "resnet18,PT+FT,1,10,0,0.6,0,1,1,0,1,cpu,1,",
            "resnet18,PT+FT,1,10,1,0.8,0,1,1,0,1,cpu,1,",
            "resnet18,STL,1,10,0,0.6,0,1,1,0,1,cpu,1,",
            "resnet18,STL,1,10,1,0.8,0,1,1,0,1,cpu,1,",
        ]);
        string published = _folder.PathOf("resnet.csv");
        File.WriteAllLines(published,
        [
            "setup,rescaling,n_train,seeds,mean_accuracy,standard_error",
            "PT+FT,1.0,10,50,0.5,0.0",
            "STL,1.0,10,50,1.7,0.0",
            "MTL,1.0,1000,50,0.7,0.0",
        ]);
        string output = Program.Run("figures", "compare", "--published", published, "--results", Results).Output;
        StringAssert.Contains(output, "1 of 2 cells agree within 3 combined standard errors.");
        StringAssert.Contains(output, "Not run: MTL x1 n=1000.");
        Assert.IsLessThan(
            output.IndexOf("PT+FT", StringComparison.Ordinal), output.IndexOf("STL", StringComparison.Ordinal), "the worst comes first");
        StringAssert.Matches(output, new(@"-1\.000\s+10\.0\s+NO"));
        StringAssert.Matches(output, new(@"\+0\.200\s+2\.0\s+yes"));
    }

    [TestMethod]
    public void Ctrl_C_keeps_what_is_done()
    {
        ProgramResult result = Program.Interrupt(
            _ => RepositoryProgram.HasLines(Accuracy, 2), Command("--setups", "STL", "--seeds", "0-400"));
        Assert.AreEqual(130, result.ExitCode, result.Output + result.Errors);
        int rows = File.ReadAllLines(Accuracy).Length - 1;
        Assert.IsGreaterThan(0, rows);
        StringAssert.Contains(result.Output, $"Stopped. {rows} of 802 runs are kept in {Accuracy}; run the same command again");
    }

    [TestMethod]
    [DataRow("--n-train", "21", "the main task of")]
    [DataRow("--setups", "PT", "'PT' is unknown; it must be one of STL, MTL, PT+FT.")]
    [DataRow("--job", "1", "--job is 1; it must lie between 0 and 0.")]
    [DataRow("--data", "nowhere", "nowhere")]
    public void Wrong_input_is_told_in_one_line(string option, string value, string message)
        => Program.Run(Command(option, value)).RequireError(message);
}
