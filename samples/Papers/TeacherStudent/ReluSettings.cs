namespace Papers.TeacherStudent;

/// <summary>Holds the options of the command "relu".</summary>
internal sealed record ReluSettings : ExperimentSettings
{
    private static readonly ReluSettings Paper = new();

    public ReluTeacherOptions Teachers { get; init; } = new();

    public double ReadoutScale { get; init; } = 1e-3;

    public int HiddenUnits { get; init; } = 1000;

    protected override string Experiment
        => $"relu-{Teachers.Scale.ToString().ToLowerInvariant()}"
            + (Teachers.AuxiliaryUnits != Paper.Teachers.AuxiliaryUnits ? $"-auxiliary{Teachers.AuxiliaryUnits}" : "")
            + (ReadoutScale != Paper.ReadoutScale ? $"-readout{ReadoutScale}" : "")
            + (HiddenUnits != Paper.HiddenUnits ? $"-hidden{HiddenUnits}" : "");

    protected override int Size => Teachers.Correlations.Count;

    protected override string Relation => RelationOf(Teachers.Correlations);

    protected override double Magnitude => Teachers.Magnitude;

    /// <summary>Formats the correlations of the units; one value where all have the same.</summary>
    public static string RelationOf(IEnumerable<double> correlations)
    {
        string[] all = [.. correlations.Select(value => $"{value}")];
        return string.Join(';', all.Distinct().Count() == 1 ? all[..1] : all);
    }

    /// <summary>Gets a correlation for each unit from one for all, or from one for each.</summary>
    public static double[] CorrelationsOf(double[] values, int units)
        => values.Length == 1 ? [.. Enumerable.Repeat(values[0], units)] : values;
}
