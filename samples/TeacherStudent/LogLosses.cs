namespace TeacherStudent;

/// <summary>Mean and standard deviation of log10(loss) over seeds.</summary>
internal readonly record struct LogLosses(double Mean, double Deviation, int Count)
{
    /// <summary>A loss of 0 counts as this.</summary>
    private const double Floor = 1e-30;

    public double StandardError => Deviation / Math.Sqrt(Count);

    public static LogLosses Of(IReadOnlyCollection<double> losses)
    {
        double[] logs = [.. losses.Select(loss => Math.Log10(Math.Max(loss, Floor)))];
        double mean = logs.Average();
        return new(mean, logs.Length < 2 ? 0 : Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1)), logs.Length);
    }
}
