namespace FeatureReuse;

/// <summary>Describes an import of weights that another program trained.</summary>
/// <param name="Task">The name of the head.</param>
public sealed record ImportRun(string Task) : RunRecord
{
    internal override string Name => "import";
    internal override (string Task, int RowCount, int Seed) Details => (Task, 0, 0);
}
