using CsvHelper.Configuration.Attributes;
using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>One run of features learned from many tasks: a line of the CSV file.</summary>
internal sealed record FeatureRun : IResult<FeatureRun>
{
    /// <summary>Gets the number of pretraining tasks; 0 for untrained features.</summary>
    [Name("tasks")] public int Tasks { get; init; }

    [Name("dimension")] public int Dimension { get; init; }
    [Name("subspace")] public int Subspace { get; init; }
    [Name("neurons")] public int Neurons { get; init; }
    [Name("seed")] public int Seed { get; init; }
    [Name("subspace_error")] public double SubspaceError { get; init; }
    [Name("energy")] public double Energy { get; init; }
    [Name("downstream_accuracy")] public double DownstreamAccuracy { get; init; }

    /// <summary>Gets heads-first, simultaneous or random.</summary>
    [Name("updates")] public string Updates { get; init; } = "";

    /// <summary>Gets the training samples of the downstream task.</summary>
    [Name("n_train")] public int TrainingSize { get; init; }

    /// <summary>Gets the pretraining steps; 0 for untrained features.</summary>
    [Name("steps")] public int Steps { get; init; }

    [Name("seconds")] public double Seconds { get; init; }

    [Ignore] public FeatureRun Job => this with { SubspaceError = 0, Energy = 0, DownstreamAccuracy = 0, Seconds = 0 };
}
