using FeatureReuse;


namespace TeacherStudent;

/// <summary>The options of the command "relu".</summary>
internal sealed record ReluSettings : ExperimentSettings
{
    public ReluTeacherOptions Teachers { get; init; } = new();

    public double ReadoutScale { get; init; } = 1e-3;

    public int HiddenUnits { get; init; } = 1000;

    protected override string Experiment
        => Text($"relu-{Teachers.Scale.ToString().ToLowerInvariant()}{(Teachers.Dimension != 15 ? $"-d{Teachers.Dimension}" : "")}")
            + Text($"{(Teachers.AuxiliaryUnits != 6 ? $"-auxiliary{Teachers.AuxiliaryUnits}" : "")}{(ReadoutScale != 1e-3 ? $"-readout{ReadoutScale}" : "")}")
            + Text($"{(HiddenUnits != 1000 ? $"-hidden{HiddenUnits}" : "")}");

    protected override int Size => Teachers.Correlations.Count;

    /// <summary>One value where all units have the same.</summary>
    protected override string Relation
        => string.Join(';', (Teachers.Correlations.Distinct().Count() == 1 ? Teachers.Correlations.Take(1) : Teachers.Correlations).Select(value => Text($"{value}")));

    protected override double Magnitude => Teachers.Magnitude;
}
