using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Runtime;

[TestClass]
public sealed class RuntimeReportTests
{
    [TestMethod]
    public void Every_item_of_a_bug_report_is_there()
    {
        string text = RuntimeReport.Create();
        Dictionary<string, string> items = text.Split(Environment.NewLine).Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim());
        CollectionAssert.AreEqual(new[] { "FeatureReuse", "ML.NET", "TorchSharp", "libtorch", "loaded", "system", "processor",
            "instruction set", "libraries", "threads", "devices", "convolutions", "reproducible" }, items.Keys.ToArray(), text);
        Assert.AreEqual(LibraryVersion.Current, items["FeatureReuse"]);
        Assert.AreEqual(typeof(torch).Assembly.GetName().Version!.ToString(3), items["TorchSharp"]);
        StringAssert.StartsWith(NativeTorch.ExpectedVersion, items["libtorch"]);
        Assert.AreEqual($"{get_num_threads()}", items["threads"]);
        StringAssert.StartsWith(items["devices"], "cpu");
        Assert.AreEqual("not in this program", items["ML.NET"], "these tests run without ML.NET");
        foreach (string item in items.Values)
            Assert.AreNotEqual("", item, text);
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
            StringAssert.Contains(RuntimeReport.Create(), "convolutions:    right");
        Assert.AreEqual(expected, rand(1).item<float>());
        Assert.AreEqual(threads, get_num_threads());
    }
}
