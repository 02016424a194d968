namespace TeacherStudent;

/// <summary>One run of a diagonal or ReLU experiment: a line of the CSV.</summary>
internal sealed record Run
{
    /// <summary>Kind of network, teacher scale, and whatever differs from the paper's settings.</summary>
    public string Experiment { get; init; } = "";

    public string Setup { get; init; } = "";

    /// <summary>Active coordinates or units of the main task.</summary>
    public int Size { get; init; }

    /// <summary>Shared coordinates, or the units' correlations.</summary>
    public string Relation { get; init; } = "";

    public double Magnitude { get; init; }

    public double Rescaling { get; init; }

    public int TrainingSize { get; init; }

    public int Seed { get; init; }

    public double TrainingLoss { get; init; }

    public double GeneralisationLoss { get; init; }

    public long Steps { get; init; }

    public double Seconds { get; init; }

    /// <summary>Whether the other row is of the same run.</summary>
    public bool IsSameRun(Run other) => Settings == other.Settings;

    /// <summary>The row without its results.</summary>
    public Run Settings => this with { TrainingLoss = 0, GeneralisationLoss = 0, Steps = 0, Seconds = 0 };
}
