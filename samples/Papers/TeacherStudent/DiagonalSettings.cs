namespace Papers.TeacherStudent;

/// <summary>Holds the options of the command "diagonal".</summary>
internal sealed record DiagonalSettings : ExperimentSettings
{
    private static readonly DiagonalTeacherOptions Paper = new();

    public DiagonalTeacherOptions Teachers { get; init; } = Paper;

    /// <summary>Gets the scale of the new readout; null for .001 times the rescaling.</summary>
    public double? ReadoutScale { get; init; }

    public bool Rebalance { get; init; }

    /// <summary>Gets whether the end of gradient flow on the main task is computed directly.</summary>
    public bool SolveLimit { get; init; }

    /// <summary>Gets whether the end of gradient flow on the auxiliary task is computed directly.</summary>
    public bool SolvePretraining { get; init; } = true;

    protected override string Experiment
        => $"diagonal-{Teachers.Scale.ToString().ToLowerInvariant()}"
            + (Teachers.AuxiliaryActive != Paper.AuxiliaryActive ? $"-auxiliary{Teachers.AuxiliaryActive}" : "")
            + (ReadoutScale is { } scale ? $"-readout{scale}" : "")
            + (Rebalance ? "-rebalanced" : "") + (SolveLimit ? "-limit" : "") + (SolvePretraining ? "" : "-walked");

    protected override int Size => Teachers.Active;

    protected override string Relation => $"{Teachers.SharedActive}";

    protected override double Magnitude => Teachers.Magnitude;
}
