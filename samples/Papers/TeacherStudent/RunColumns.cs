using CsvHelper.Configuration;
using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>Names the columns of the CSV file; the names of the main task's size and relation depend on the kind of network.</summary>
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

    public static RunColumns Diagonal => new("active", "overlap");

    public static RunColumns Relu => new("units", "correlation");

    public string SizeName { get; }

    public string RelationName { get; }

    /// <summary>Opens a file of either kind.</summary>
    public static (ResultFile<Run> File, RunColumns Columns) Open(string path)
    {
        bool isRelu = File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.Contains(",units,", StringComparison.Ordinal) == true;
        RunColumns columns = isRelu ? Relu : Diagonal;
        return (ResultFile<Run>.Open(path, columns), columns);
    }
}
