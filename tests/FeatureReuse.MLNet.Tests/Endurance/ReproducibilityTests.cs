namespace FeatureReuse.MLNet.Tests.Endurance;

/// <summary>The same seed, options and number of threads give bit-identical results, twice in one process and in fresh ones.</summary>
[TestClass]
public sealed class ReproducibilityTests
{
    [TestMethod]
    [DataRow(1, 20)]
    [DataRow(2, 4)]
    public void Fresh_processes_give_the_same_bits(int threads, int processes)
    {
        var program = new RepositoryProgram("ChildProcess", threads);
        string[][] runs = [.. Enumerable.Range(0, processes).AsParallel().AsOrdered().WithDegreeOfParallelism(threads == 1
            ? Environment.ProcessorCount : 1).Select(_ =>
        {
            ProgramResult result = program.Run("hashes").RequireSuccess();
            Assert.AreEqual("", result.Errors, "Native libraries are quiet.");
            return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        })];
        Assert.HasCount(11, runs[0]);
        foreach (string line in runs[0])
            Assert.DoesNotEndWith("in one process", line);
        for (int i = 1; i < runs.Length; i++)
        {
            CollectionAssert.AreEqual(runs[0], runs[i], $"Process {i + 1} of {processes}: {string.Join("; ", runs[i].Except(runs[0]))}; "
                + $"the first one: {string.Join("; ", runs[0].Except(runs[i]))}");
        }
    }
}
