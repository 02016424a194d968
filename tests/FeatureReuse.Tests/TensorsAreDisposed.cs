namespace FeatureReuse.Tests;

/// <summary>Every test disposes its tensors, so that those which count tensors do not see the garbage of others freed meanwhile.</summary>
[TestClass]
public static class TensorsAreDisposed
{
    private static long s_before;

    [GlobalTestInitialize]
    public static void Count(TestContext context) => s_before = LeakedTensors.Count();

    [GlobalTestCleanup]
    public static void Require(TestContext context)
        => Assert.AreEqual(s_before, LeakedTensors.Count(), $"tensors that {context.TestDisplayName} left to the garbage collector");
}
