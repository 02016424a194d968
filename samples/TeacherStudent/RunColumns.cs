using CsvHelper.Configuration;

namespace TeacherStudent;

/// <summary>The columns of the CSV, which name the main task's size and its relation to the auxiliary task by the kind of network.</summary>
internal sealed class RunColumns : ClassMap<Run>
{
    private RunColumns(string size, string relation)
    {
        (SizeName, RelationName) = (size, relation);
        Map(run => run.Experiment).Name("experiment");
        Map(run => run.Setup).Name("setup");
        Map(run => run.Size).Name(size);
        Map(run => run.Relation).Name(relation);
        Map(run => run.Magnitude).Name("magnitude");
        Map(run => run.Rescaling).Name("rescaling");
        Map(run => run.TrainingSize).Name("n_train");
        Map(run => run.Seed).Name("seed");
        Map(run => run.TrainingLoss).Name("train_loss");
        Map(run => run.GeneralisationLoss).Name("generalisation_loss");
        Map(run => run.Steps).Name("steps");
        Map(run => run.Seconds).Name("seconds");
    }

    public string SizeName { get; }

    public string RelationName { get; }

    /// <summary>Those that a file has; of diagonal networks where it is empty.</summary>
    public static RunColumns Of(string path)
        => File.ReadLines(path).FirstOrDefault() is { } header && header.Contains(",units,", StringComparison.Ordinal) ? Relu : Diagonal;

    public static RunColumns Diagonal => new("active", "overlap");

    public static RunColumns Relu => new("units", "correlation");
}
