using System.Globalization;
using System.Runtime.CompilerServices;

namespace TeacherStudent;

/// <summary>What the experiments with both kinds of networks can be told. The defaults are the paper's.</summary>
internal abstract record ExperimentSettings
{
    public double Rescaling { get; init; } = 1;

    /// <summary>Null: the paper's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Null: the paper's.</summary>
    public int? MaximumEpochs { get; init; }

    /// <summary>Takes the generalisation loss at the end instead of the least on the way.</summary>
    public bool AtEnd { get; init; }

    /// <summary>Kind of network, teacher scale, and what has no column of its own and differs from the paper's settings.</summary>
    protected abstract string Experiment { get; }

    protected abstract int Size { get; }

    protected abstract string Relation { get; }

    protected abstract double Magnitude { get; }

    /// <summary>The line of a run.</summary>
    public Run RunOf(string setup, int size, int seed) => new()
    {
        Experiment = Experiment + Text($"{(LearningRate is { } rate ? $"-rate{rate}" : "")}{(MaximumEpochs is { } epochs ? $"-epochs{epochs}" : "")}{(AtEnd ? "-end" : "")}"),
        Setup = setup,
        Size = Size,
        Relation = Relation,
        Magnitude = Magnitude,
        // MTL has nothing to rescale.
        Rescaling = setup == Setups.MultiTask ? 1 : Rescaling,
        TrainingSize = size,
        Seed = seed,
    };

    protected static string Text(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
