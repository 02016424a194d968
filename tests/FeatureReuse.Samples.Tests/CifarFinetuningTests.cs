namespace FeatureReuse.Samples.Tests;

[TestClass]
public sealed class CifarFinetuningTests
{
    private static readonly RepositoryProgram Program = new("CifarFinetuning");

    [TestMethod]
    public void Three_ways_to_a_small_task_are_compared()
    {
        string parent = Directory.CreateTempSubdirectory("cifar-finetuning").FullName;
        try
        {
            RepositoryProgram.Result result = Program.Run(TinyCifar100.Write(parent));
            Assert.AreEqual(0, result.ExitCode, result.Errors);
            string[] accuracies = [.. result.Output.Split('\n').Where(line => line.Length > 5 && char.IsDigit(line[0]) && line[1] == '.')];
            Assert.HasCount(3, accuracies, result.Output);
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [TestMethod]
    public void Without_a_folder_the_usage_is_printed()
    {
        RepositoryProgram.Result result = Program.Run();
        Assert.AreEqual(2, result.ExitCode);
        StringAssert.StartsWith(result.Errors, "usage: ");
    }
}
