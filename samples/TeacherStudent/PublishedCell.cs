using System.Globalization;
using CsvHelper;
using FeatureReuse;

namespace TeacherStudent;

/// <summary>One row of the paper's results, in the terms of our runs.</summary>
/// <param name="Settings">The run that it is the mean of; without a seed.</param>
/// <param name="Losses">log10 of the generalisation loss over the seeds.</param>
internal sealed record PublishedCell(Run Settings, LogLosses Losses)
{
    public bool IsDiagonal => Settings.Experiment.StartsWith("diagonal", StringComparison.Ordinal);

    public RunColumns Columns => IsDiagonal ? RunColumns.Diagonal : RunColumns.Relu;

    public DiagonalSettings DiagonalSettings => new()
    {
        Teachers = new() { Active = Settings.Size, Overlap = int.Parse(Settings.Relation, CultureInfo.InvariantCulture), Scale = Scale },
        Rescaling = Settings.Rescaling,
    };

    public ReluSettings ReluSettings
    {
        get
        {
            double[] correlations = [.. Settings.Relation.Split(';').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            return new()
            {
                Teachers = new() { Correlations = correlations.Length == 1 ? [.. Enumerable.Repeat(correlations[0], Settings.Size)] : correlations, Scale = Scale },
                Rescaling = Settings.Rescaling,
            };
        }
    }

    private TeacherScale Scale => Settings.Experiment.EndsWith("-sqrt", StringComparison.Ordinal) ? TeacherScale.Sqrt : TeacherScale.Mean;

    /// <summary>Reads one of the files diagonal_*.csv and relu_*.csv; which one, its columns tell.</summary>
    /// <exception cref="InvalidDataException">The file is none of these.</exception>
    public static PublishedCell[] Read(string path)
    {
        try
        {
            using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
            reader.Read();
            reader.ReadHeader();
            HashSet<string> columns = [.. reader.HeaderRecord!];
            List<PublishedCell> cells = [];
            while (reader.Read())
            {
                cells.Add(new(columns.Contains("overlap") ? Diagonal(reader, columns) : Relu(reader, columns),
                    new LogLosses(Math.Log10(reader.GetField<double>("geomean_gen_loss")), reader.GetField<double>("sd_log10"), reader.GetField<int>("seeds"))));
            }
            return [.. cells];
        }
        catch (CsvHelperException failure)
        {
            throw new InvalidDataException($"{path} is not a file of published results of diagonal or ReLU networks ({failure.Message.Split('\n')[0].Trim()}).", failure);
        }
    }

    private static Run Diagonal(CsvReader row, HashSet<string> columns)
    {
        bool isSparse = columns.Contains("active_dims");
        int active = isSparse ? row.GetField<int>("active_dims") : 40;
        string overlap = row.GetField("overlap")!;
        return new()
        {
            Experiment = isSparse ? "diagonal-mean" : "diagonal-sqrt",
            Setup = SetupOf(row),
            Size = active,
            Relation = overlap switch { "yes" => $"{active}", "no" => "0", _ => overlap },
            Magnitude = 1,
            Rescaling = columns.Contains("w_scaling") ? row.GetField<double>("w_scaling") : 1,
            TrainingSize = row.GetField<int>("n_train"),
        };
    }

    private static Run Relu(CsvReader row, HashSet<string> columns)
    {
        string[] correlations = [.. row.GetField("correlation")!.Trim('[', ']').Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture))];
        bool isMean = columns.Contains("n_units");
        return new()
        {
            Experiment = isMean ? "relu-mean" : "relu-sqrt",
            Setup = SetupOf(row),
            Size = isMean ? row.GetField<int>("n_units") : correlations.Length,
            Relation = string.Join(';', correlations.Distinct().Count() == 1 ? correlations.Take(1) : correlations),
            Magnitude = 1,
            Rescaling = columns.Contains("weight_scaling") ? row.GetField<double>("weight_scaling") : 1,
            TrainingSize = row.GetField<int>("n_train"),
        };
    }

    private static string SetupOf(CsvReader row) => row.GetField("setup")! switch
    {
        "PT+FT (LR)" => Setups.Probe,
        "PT+FT (NTK)" => Setups.Linearized,
        "STL (LR)" => Setups.RandomProbe,
        "STL (NTK)" => Setups.RandomLinearized,
        var setup => setup,
    };
}
