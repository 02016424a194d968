using System.Globalization;
using FeatureReuse.Theory;

namespace TeacherStudent;

/// <summary>The options of the command "diagonal".</summary>
internal sealed record DiagonalSettings
{
    public required DiagonalTeacherOptions Teachers { get; init; }

    public required double Rescaling { get; init; }

    /// <summary>Null: .001 times the rescaling.</summary>
    public required double? ReadoutScale { get; init; }

    public required bool Rebalance { get; init; }

    public required bool SolveLimit { get; init; }

    public required bool SolvePretraining { get; init; }

    public required double LearningRate { get; init; }

    public required int MaximumSteps { get; init; }

    /// <summary>The line of a run. What has no column of its own and differs from the paper's settings is part of the experiment's name.</summary>
    public Run RunOf(string setup, int size, int seed) => new()
    {
        Experiment = string.Create(CultureInfo.InvariantCulture, $"diagonal-{Teachers.Scale.ToString().ToLowerInvariant()}{(Teachers.Dimension != 1000 ? $"-d{Teachers.Dimension}" : "")}")
            + string.Create(CultureInfo.InvariantCulture, $"{(Teachers.AuxiliaryActive != 40 ? $"-auxiliary{Teachers.AuxiliaryActive}" : "")}{(ReadoutScale is { } scale ? $"-readout{scale}" : "")}")
            + $"{(Rebalance ? "-rebalanced" : "")}{(SolveLimit ? "-limit" : "")}{(SolvePretraining ? "" : "-walked")}",
        Setup = setup,
        Size = Teachers.Active,
        Relation = (Teachers.Overlap ?? Math.Min(Teachers.Active, Teachers.AuxiliaryActive)).ToString(CultureInfo.InvariantCulture),
        Magnitude = Teachers.Magnitude,
        // MTL has nothing to rescale.
        Rescaling = setup == Setups.MultiTask ? 1 : Rescaling,
        TrainingSize = size,
        Seed = seed,
    };
}
