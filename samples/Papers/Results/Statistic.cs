namespace Papers.Results;

/// <summary>Describes a value over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; 0 for one seed.</param>
/// <param name="Count">The number of seeds.</param>
internal readonly record struct Statistic(double Mean, double Deviation, int Count)
{
    /// <summary>Stands for a loss of 0 where its logarithm is taken.</summary>
    private const double LossFloor = 1e-30;

    public double StandardError => Deviation / Math.Sqrt(Count);

    public static Statistic From(double[] values)
        => new(values.Average(), Math.Sqrt(SampleStatistics.Variance(values)), values.Length);

    /// <summary>Describes log10 of losses.</summary>
    public static Statistic FromLosses(IEnumerable<double> losses)
        => From([.. losses.Select(loss => Math.Log10(Math.Max(loss, LossFloor)))]);

    /// <summary>Formats the mean and the standard deviation.</summary>
    public string ToDeviationText() => Count > 1 ? $"{Mean:F3} ± {Deviation:F3}" : $"{Mean:F3}";

    /// <summary>Formats the mean, its standard error and the number of seeds.</summary>
    public string ToErrorText() => Count > 1 ? $"{Mean:F3} ± {StandardError:F3} ({Count})" : $"{Mean:F3} (1)";

    /// <summary>Formats the geometric mean of losses and the number of seeds.</summary>
    public string ToLossText() => $"{Math.Pow(10, Mean):E2} ({Count})";
}
