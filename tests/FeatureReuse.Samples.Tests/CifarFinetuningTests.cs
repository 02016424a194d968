namespace FeatureReuse.Samples.Tests;

[TestClass]
public sealed class CifarFinetuningTests
{
    private static readonly RepositoryProgram Program = new("CifarFinetuning");

    [TestMethod]
    public void Three_ways_to_a_small_task_are_compared()
    {
        using var folder = new TemporaryFolder();
        ProgramResult result = Program.Run(TinyCifar100.Write(folder.Path)).RequireSuccess();
        string[] accuracies = [.. result.Output.Split('\n').Where(line => line.Length > 5 && char.IsDigit(line[0]) && line[1] == '.')];
        Assert.HasCount(3, accuracies, result.Output);
    }

    [TestMethod]
    public void Without_a_folder_the_usage_is_printed()
    {
        ProgramResult result = Program.Run();
        Assert.AreEqual(2, result.ExitCode);
        StringAssert.StartsWith(result.Errors, "usage: ");
    }
}
