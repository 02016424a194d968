using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>One run of a diagonal or ReLU network: a line of the CSV file. Its columns are those of <see cref="RunColumns"/>.</summary>
internal sealed record Run : IResult<Run>
{
    /// <summary>Gets the kind of network, the teacher's scale, and what differs from the paper and has no column of its own.</summary>
    public string Experiment { get; init; } = "";

    public string Setup { get; init; } = "";

    /// <summary>Gets the active coordinates or units of the main task.</summary>
    public int Size { get; init; }

    /// <summary>Gets the shared coordinates, or the correlations of the units.</summary>
    public string Relation { get; init; } = "";

    public double Magnitude { get; init; }
    public double Rescaling { get; init; }
    public int TrainingSize { get; init; }
    public int Seed { get; init; }
    public double TrainingLoss { get; init; }
    public double GeneralisationLoss { get; init; }
    public long Steps { get; init; }
    public double Seconds { get; init; }

    public Run Job => this with { TrainingLoss = 0, GeneralisationLoss = 0, Steps = 0, Seconds = 0 };
}
