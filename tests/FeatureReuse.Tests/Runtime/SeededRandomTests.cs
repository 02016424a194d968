namespace FeatureReuse.Tests.Runtime;

[TestClass]
public sealed class SeededRandomTests
{
    [TestMethod]
    public void Seeds_and_streams_differ_and_repeat()
    {
        ulong first = new SeededRandom(1).NextUInt64();
        Assert.AreEqual(first, new SeededRandom(1).NextUInt64());
        Assert.AreNotEqual(first, new SeededRandom(2).NextUInt64());
        Assert.AreNotEqual(first, new SeededRandom(1, RandomStream.BatchOrder).NextUInt64());
    }

    /// <summary>Chi-squared with 6 degrees of freedom stays below 22.5 with probability .999.</summary>
    [TestMethod]
    public void Integers_are_uniform()
    {
        var random = new SeededRandom(11);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;
        double chiSquared = counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000);
        TensorAssert.IsBelow(22.5, chiSquared);
    }
}
