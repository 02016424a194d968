using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Runtime;

[TestClass]
[DoNotParallelize]
public sealed class RuntimeReportTests
{
    [TestMethod]
    public void Every_item_of_a_bug_report_is_there()
    {
        RuntimeReport report = RuntimeReport.Create();
        Assert.AreEqual(LibraryVersion.Current, report.FeatureReuse);
        Assert.AreEqual(typeof(torch).Assembly.GetName().Version!.ToString(3), report.TorchSharp);
        StringAssert.StartsWith(NativeTorch.ExpectedVersion, report.Libtorch!);
        Assert.AreEqual(get_num_threads(), report.Threads);
        Assert.Contains("cpu", report.Devices);
        Assert.IsNull(report.MLNet, "these tests run without ML.NET");
        string text = report.ToString();
        foreach (string item in new[] { report.FeatureReuse, report.Libtorch!, report.Loading, report.System, report.Processor,
            report.Convolutions, report.Reproducibility })
        {
            Assert.AreNotEqual("", item, text);
            StringAssert.Contains(text, item);
        }
        Assert.HasCount(13, text.Split(Environment.NewLine));
    }

    [TestMethod]
    public void It_may_be_asked_for_at_any_time_and_changes_nothing()
    {
        using DisposeScope scope = NewDisposeScope();
        int threads = get_num_threads();
        manual_seed(1);
        float expected = rand(1).item<float>();
        manual_seed(1);
        using (inference_mode())
            StringAssert.StartsWith(RuntimeReport.Create().Convolutions, "right");
        Assert.AreEqual(expected, rand(1).item<float>());
        Assert.AreEqual(threads, get_num_threads());
    }
}
