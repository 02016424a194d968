using CsvHelper.Configuration.Attributes;

namespace TeacherStudent;

/// <summary>One run of the multi-task features: a line of the CSV.</summary>
internal sealed record FeatureRun
{
    /// <summary>Tasks of the pretraining; 0 for features that were not trained.</summary>
    [Name("tasks")]
    public int Tasks { get; init; }

    [Name("dimension")]
    public int Dimension { get; init; }

    [Name("subspace")]
    public int Subspace { get; init; }

    [Name("neurons")]
    public int Neurons { get; init; }

    [Name("seed")]
    public int Seed { get; init; }

    [Name("subspace_error")]
    public double SubspaceError { get; init; }

    [Name("energy")]
    public double Energy { get; init; }

    [Name("downstream_accuracy")]
    public double DownstreamAccuracy { get; init; }

    /// <summary>heads-first, simultaneous or random.</summary>
    [Name("updates")]
    public string Updates { get; init; } = "";

    /// <summary>Samples of the downstream task.</summary>
    [Name("n_train")]
    public int TrainingSize { get; init; }

    /// <summary>Of the pretraining; 0 for features that were not trained.</summary>
    [Name("steps")]
    public int Steps { get; init; }

    [Name("seconds")]
    public double Seconds { get; init; }

    /// <summary>The row without its results.</summary>
    [Ignore]
    public FeatureRun Settings => this with { SubspaceError = 0, Energy = 0, DownstreamAccuracy = 0, Seconds = 0 };
}
