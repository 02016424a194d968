namespace FeatureReuse.Benchmarks;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">As the table names it.</param>
/// <param name="Measure">Does the work once and returns the seconds it took.</param>
/// <param name="WarmUp">Goes before the first round; null where the work itself does.</param>
internal sealed record Contender(string Name, Func<double> Measure, Action? WarmUp = null);
