namespace FeatureReuse;

/// <summary>Describes an import of weights that another program trained.</summary>
/// <param name="Task">The name of the head.</param>
public sealed record ImportRun(string Task) : RunRecord(Task, 0, 0, Rescaling.None)
{
    internal override string Name => "import";
}
