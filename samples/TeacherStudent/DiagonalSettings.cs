using FeatureReuse;


namespace TeacherStudent;

/// <summary>The options of the command "diagonal".</summary>
internal sealed record DiagonalSettings : ExperimentSettings
{
    public DiagonalTeacherOptions Teachers { get; init; } = new();

    /// <summary>Null: .001 times the rescaling.</summary>
    public double? ReadoutScale { get; init; }

    public bool Rebalance { get; init; }

    /// <summary>Solves for where gradient flow ends instead of walking there.</summary>
    public bool SolveLimit { get; init; }

    /// <summary>The same for pretraining.</summary>
    public bool SolvePretraining { get; init; } = true;

    protected override string Experiment
        => Text($"diagonal-{Teachers.Scale.ToString().ToLowerInvariant()}{(Teachers.Dimension != 1000 ? $"-d{Teachers.Dimension}" : "")}")
            + Text($"{(Teachers.AuxiliaryActive != 40 ? $"-auxiliary{Teachers.AuxiliaryActive}" : "")}{(ReadoutScale is { } scale ? $"-readout{scale}" : "")}")
            + $"{(Rebalance ? "-rebalanced" : "")}{(SolveLimit ? "-limit" : "")}{(SolvePretraining ? "" : "-walked")}";

    protected override int Size => Teachers.Active;

    protected override string Relation => Text($"{Teachers.Overlap ?? Math.Min(Teachers.Active, Teachers.AuxiliaryActive)}");

    protected override double Magnitude => Teachers.Magnitude;
}
