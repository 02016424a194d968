using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>Holds the options of experiments with both kinds of networks. The defaults are the paper's.</summary>
internal abstract record ExperimentSettings
{
    public double Rescaling { get; init; } = 1;

    /// <summary>Gets the learning rate; null for the paper's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Gets the epoch limit; null for the paper's.</summary>
    public int? MaximumEpochs { get; init; }

    /// <summary>Gets whether the generalisation loss is that at the end of training instead of the least during it.</summary>
    public bool AtEnd { get; init; }

    /// <summary>Gets the kind of network, the teacher's scale, and what differs from the paper and has no column of its own.</summary>
    protected abstract string Experiment { get; }

    protected abstract int Size { get; }

    protected abstract string Relation { get; }

    protected abstract double Magnitude { get; }

    /// <summary>Creates the row of a run, without results.</summary>
    public Run RunOf(string setup, int size, int seed) => new()
    {
        Experiment = Experiment + (LearningRate is { } rate ? $"-rate{rate}" : "")
            + (MaximumEpochs is { } epochs ? $"-epochs{epochs}" : "") + (AtEnd ? "-end" : ""),
        Setup = setup,
        Size = Size,
        Relation = Relation,
        Magnitude = Magnitude,
        // MTL has nothing to rescale.
        Rescaling = setup == Setups.MultiTask ? 1 : Rescaling,
        TrainingSize = size,
        Seed = seed,
    };
}
