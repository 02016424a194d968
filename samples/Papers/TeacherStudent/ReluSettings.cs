namespace Papers.TeacherStudent;

/// <summary>Holds the options of the command "relu".</summary>
internal sealed record ReluSettings : ExperimentSettings
{
    public ReluTeacherOptions Teachers { get; init; } = new();

    public double ReadoutScale { get; init; } = 1e-3;

    public int HiddenUnits { get; init; } = 1000;

    protected override string Experiment
        => $"relu-{Teachers.Scale.ToString().ToLowerInvariant()}" + (Teachers.Dimension != 15 ? $"-d{Teachers.Dimension}" : "")
            + (Teachers.AuxiliaryUnits != 6 ? $"-auxiliary{Teachers.AuxiliaryUnits}" : "")
            + (ReadoutScale != 1e-3 ? Invariant($"-readout{ReadoutScale}") : "") + (HiddenUnits != 1000 ? $"-hidden{HiddenUnits}" : "");

    protected override int Size => Teachers.Correlations.Count;

    /// <summary>Gets one value where all units have the same.</summary>
    protected override string Relation
    {
        get
        {
            string[] all = [.. Teachers.Correlations.Select(value => Invariant($"{value}"))];
            return all.Distinct().Count() == 1 ? all[0] : string.Join(';', all);
        }
    }

    protected override double Magnitude => Teachers.Magnitude;
}
