using Spectre.Console;

namespace Papers.Running;

/// <summary>Jobs that run one after another because they share something, such as a pretrained network.</summary>
/// <param name="Jobs">Rows without results.</param>
/// <param name="Run">Runs the given jobs, which are those that are not in the file yet, and returns the row of each as it ends.</param>
internal sealed record JobGroup<TRow>(IReadOnlyList<TRow> Jobs, Func<IReadOnlyList<TRow>, ProgressTask, IEnumerable<TRow>> Run)
{
    /// <summary>Groups jobs with equal keys.</summary>
    public static JobGroup<TRow>[] By(
        Func<TRow, int> key, IEnumerable<TRow> jobs, Func<IReadOnlyList<TRow>, ProgressTask, IEnumerable<TRow>> run)
        => [.. jobs.GroupBy(key).Select(alike => new JobGroup<TRow>([.. alike], run))];
}
