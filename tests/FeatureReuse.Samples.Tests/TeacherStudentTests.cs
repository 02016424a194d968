namespace FeatureReuse.Samples.Tests;

[TestClass]
public sealed class TeacherStudentTests : IDisposable
{
    private const string DiagonalHeader
        = "experiment,setup,active,overlap,magnitude,rescaling,n_train,seed,train_loss,generalisation_loss,steps,seconds";
    private const string ReluHeader
        = "experiment,setup,units,correlation,magnitude,rescaling,n_train,seed,train_loss,generalisation_loss,steps,seconds";
    private const string FeaturesHeader = "tasks,dimension,subspace,neurons,seed,subspace_error,energy,downstream_accuracy";

    private static readonly RepositoryProgram Program = new("Papers");

    private readonly TemporaryFolder _folder = new();

    private string Csv => _folder.PathOf("results.csv");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Every_setup_of_diagonal_networks_writes_its_row_and_a_second_run_none()
    {
        string[] command =
        [
            "teachers", "diagonal", "--setups", "STL,MTL,PT+FT,LP,NTK,STL-LP,STL-NTK", "--active", "5", "--overlap", "3",
            "--teacher-scale", "mean", "--rescaling", "0.1", "--n-train", "16", "--seeds", "0-1", "--max-epochs", "20", "--csv", Csv,
        ];
        Program.Run(command).RequireSuccess();
        string[] lines = File.ReadAllLines(Csv);
        Assert.AreEqual(DiagonalHeader, lines[0]);
        Assert.HasCount(15, lines);
        ProgramResult second = Program.Run(command);
        StringAssert.Contains(second.Output, $"14 of 14 runs are in {Csv} already.");
        CollectionAssert.AreEqual(lines, File.ReadAllLines(Csv));
    }

    [TestMethod]
    public void Every_setup_of_relu_networks_writes_its_row()
    {
        Program.Run(
            "teachers", "relu", "--setups", "STL,MTL,PT+FT,LP,NTK", "--units", "2", "--auxiliary-units", "2", "--correlation", "0.9,-0.5",
            "--hidden", "4", "--rescaling", "10", "--n-train", "8", "--seeds", "0", "--max-epochs", "5", "--csv", Csv).RequireSuccess();
        string[] lines = File.ReadAllLines(Csv);
        Assert.AreEqual(ReluHeader, lines[0]);
        Assert.HasCount(6, lines);
        StringAssert.StartsWith(
            lines.Single(line => line.Contains(",PT+FT,")), "relu-sqrt-auxiliary2-hidden4-epochs5,PT+FT,2,0.9;-0.5,1,10,8,0,");
    }

    [TestMethod]
    public void Features_writes_its_columns()
    {
        Program.Run(
            "teachers", "features", "--dimension", "20", "--subspace", "2", "--tasks", "0,5", "--neurons", "16", "--steps", "3",
            "--n-train", "20", "--seeds", "0", "--csv", Csv).RequireSuccess();
        string[] lines = File.ReadAllLines(Csv);
        StringAssert.StartsWith(lines[0], FeaturesHeader);
        Assert.HasCount(3, lines);
    }

    [TestMethod]
    public void A_published_file_is_reproduced_compared_and_drawn()
    {
        string published = _folder.PathOf("published.csv");
        // The loss of 40 unrelated coordinates of size 1/40 before anything is learnt is 1/40.
        File.WriteAllText(published, "setup,overlap,active_dims,n_train,seeds,geomean_gen_loss,sd_log10,mean_gen_loss\n"
            + "PT+FT,no,40,16,6,2.5e-2,0.003,2.5e-2\nSTL,yes,40,8,6,2.5e-1,0.003,2.5e-1\n");
        ProgramResult result = Program.Run("teachers", "reproduce", "--published", published, "--seeds", "0-1", "--csv", Csv)
            .RequireSuccess();
        StringAssert.Contains(result.Output, "1 of 2 cells above 1E-006 agree (50.0 %)");
        StringAssert.Contains(result.Output, "0 published cells were not run.");
        Program.Run("teachers", "plot", "--csv", Csv, "--published", published, "--folder", _folder.Path).RequireSuccess();
        Assert.HasCount(2, Directory.GetFiles(_folder.Path, "*.svg"));
    }

    [TestMethod]
    public void Ctrl_C_keeps_what_is_done()
    {
        ProgramResult result = Program.Interrupt(_ => RepositoryProgram.HasLines(Csv, 2),
            "teachers", "diagonal", "--setups", "STL-LP,MTL", "--n-train", "16", "--seeds", "0-5", "--parallel", "1", "--csv", Csv);
        Assert.AreEqual(130, result.ExitCode, result.Output + result.Errors);
        int rows = File.ReadAllLines(Csv).Length - 1;
        Assert.IsGreaterThan(0, rows);
        StringAssert.Contains(result.Output, $"Stopped. {rows} of 12 runs are kept in {Csv}; run the same command again to continue.");
    }

    [TestMethod]
    [DataRow("Correlations is 1.5; it must lie between -1 and 1.", "relu", "--correlation", "1.5")]
    [DataRow("--correlation has 2 values for --units 6; give one, or one for each unit.", "relu", "--correlation", "0.5,1")]
    [DataRow("Overlap is 9; it must lie between 0 and 5.", "diagonal", "--active", "5", "--overlap", "9")]
    [DataRow("--n-train is 0; it must be at least 1.", "diagonal", "--n-train", "0")]
    [DataRow("'FT' is unknown; it must be one of STL, MTL, PT+FT, LP, NTK, STL-LP, STL-NTK.", "diagonal", "--setups", "FT")]
    [DataRow("STL with n = 8 and seed 0 diverged at every learning rate down to 0.0001.",
        "diagonal", "--setups", "STL", "--n-train", "8", "--learning-rate", "100", "--magnitude", "1000000")]
    public void Bad_options_are_told_in_one_line(string expected, params string[] arguments)
        => Program.Run(["teachers", .. arguments, "--seeds", "0", "--csv", Csv]).RequireError(expected);

    [TestMethod]
    public void A_file_of_another_experiment_is_left_as_it_is()
    {
        File.WriteAllText(Csv, ReluHeader + "\n");
        Program.Run("teachers", "diagonal", "--csv", Csv).RequireError($"{Csv} is not a file of results of this experiment");
        Assert.AreEqual(ReluHeader + "\n", File.ReadAllText(Csv));
    }

    [TestMethod]
    [DataRow("has no rows of published losses of shallow networks.", "setup,overlap,n_train,seeds,geomean_gen_loss,sd_log10")]
    [DataRow("is not a file of published losses of shallow networks (line 2: The input string 'high' was not in a correct format.).",
        "setup,correlation,n_train,seeds,geomean_gen_loss,sd_log10\nSTL,high,8,6,0.1,0.1")]
    public void A_published_file_without_results_is_told(string expected, string content)
    {
        string published = _folder.PathOf("published.csv");
        File.WriteAllText(published, content + "\n");
        Program.Run("teachers", "compare", "--published", published, "--csv", Csv).RequireError($"{published} {expected}");
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_is_told_before_the_first_run()
        => Program.Run("teachers", "diagonal", "--csv", "/proc/results.csv").RequireError("/proc/results.csv");
}
