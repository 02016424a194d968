using System.Globalization;
using CsvHelper;
using Papers.Results;
using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>One row of the paper's results, as a run of this program.</summary>
/// <param name="Run">The run that it is the mean of, without a seed.</param>
/// <param name="Losses">log10 of the generalisation loss over the seeds.</param>
internal sealed record PublishedCell(Run Run, Statistic Losses)
{
    public bool IsDiagonal => Run.Experiment.StartsWith("diagonal", StringComparison.Ordinal);

    public RunColumns Columns => IsDiagonal ? RunColumns.Diagonal : RunColumns.Relu;

    public DiagonalSettings DiagonalSettings => new()
    {
        Teachers = new() { Active = Run.Size, Overlap = int.Parse(Run.Relation, CultureInfo.InvariantCulture), Scale = Scale },
        Rescaling = Run.Rescaling,
    };

    public ReluSettings ReluSettings => new()
    {
        Teachers = new() { Correlations = ReluSettings.CorrelationsOf(Numbers(Run.Relation.Split(';')), Run.Size), Scale = Scale },
        Rescaling = Run.Rescaling,
    };

    private TeacherScale Scale => Run.Experiment.EndsWith("-sqrt", StringComparison.Ordinal) ? TeacherScale.Sqrt : TeacherScale.Mean;

    /// <summary>Reads one of the files diagonal_*.csv and relu_*.csv, by its columns.</summary>
    public static PublishedCell[] Read(string path) => PublishedFile.Read(path, "losses of shallow networks", row => new PublishedCell(
        row.Has("overlap") ? Diagonal(row) : Relu(row),
        new(Math.Log10(row.GetField<double>("geomean_gen_loss")), row.GetField<double>("sd_log10"), row.GetField<int>("seeds"))));

    private static Run Diagonal(CsvReader row)
    {
        bool isSparse = row.Has("active_dims");
        int active = isSparse ? row.GetField<int>("active_dims") : new DiagonalTeacherOptions().Active;
        string overlap = row.GetField("overlap")!;
        return new()
        {
            Experiment = isSparse ? "diagonal-mean" : "diagonal-sqrt",
            Setup = SetupOf(row),
            Size = active,
            Relation = overlap switch { "yes" => $"{active}", "no" => "0", _ => overlap },
            Magnitude = 1,
            Rescaling = row.Has("w_scaling") ? row.GetField<double>("w_scaling") : 1,
            TrainingSize = row.GetField<int>("n_train"),
        };
    }

    private static Run Relu(CsvReader row)
    {
        double[] correlations = Numbers(row.GetField("correlation")!.Trim('[', ']').Split(','));
        bool isMean = row.Has("n_units");
        return new()
        {
            Experiment = isMean ? "relu-mean" : "relu-sqrt",
            Setup = SetupOf(row),
            Size = isMean ? row.GetField<int>("n_units") : correlations.Length,
            Relation = ReluSettings.RelationOf(correlations),
            Magnitude = 1,
            Rescaling = row.Has("weight_scaling") ? row.GetField<double>("weight_scaling") : 1,
            TrainingSize = row.GetField<int>("n_train"),
        };
    }

    private static double[] Numbers(string[] texts) => [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private static string SetupOf(CsvReader row) => row.GetField("setup")! switch
    {
        "PT+FT (LR)" => Setups.LinearProbe,
        "PT+FT (NTK)" => Setups.Linearized,
        "STL (LR)" => Setups.RandomProbe,
        "STL (NTK)" => Setups.RandomLinearized,
        var setup => setup,
    };
}
