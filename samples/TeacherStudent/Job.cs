namespace TeacherStudent;

/// <summary>A run that is still to be done.</summary>
/// <param name="Settings">Its line of the CSV without results.</param>
/// <param name="Work">Does it; throws <see cref="OperationCanceledException"/> when asked to stop.</param>
internal sealed record Job(Run Settings, Func<CancellationToken, Outcome> Work);
