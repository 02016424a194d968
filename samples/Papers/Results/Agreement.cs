namespace Papers.Results;

/// <summary>Compares a published mean with ours.</summary>
/// <param name="Labels">Describes what was measured.</param>
/// <param name="Published">The published value.</param>
/// <param name="Ours">Our value.</param>
/// <param name="Tolerance">The difference that always counts as agreement.</param>
internal sealed record Agreement(string[] Labels, Statistic Published, Statistic Ours, double Tolerance = 0)
{
    public const double StandardErrors = 3;

    public double Difference => Ours.Mean - Published.Mean;

    /// <summary>Gets the absolute difference in combined standard errors.</summary>
    public double InStandardErrors => Math.Abs(Difference) / Math.Max(double.Hypot(Published.StandardError, OurStandardError), 1e-12);

    public bool Holds => Math.Abs(Difference) <= Tolerance || InStandardErrors <= StandardErrors;

    /// <summary>Gets the difference as a fraction of the largest one that counts as agreement.</summary>
    public double Distance => Tolerance == 0 ? InStandardErrors / StandardErrors
        : Math.Min(Math.Abs(Difference) / Tolerance, InStandardErrors / StandardErrors);

    /// <summary>One seed has no spread of its own; the published one is used.</summary>
    private double OurStandardError => Ours.Count > 1 ? Ours.StandardError : Published.Deviation;
}
