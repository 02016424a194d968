namespace FeatureReuse;

/// <summary>Two tasks that share no class.</summary>
/// <param name="Main">The rows of the main task's classes.</param>
/// <param name="Auxiliary">The rows of all other classes.</param>
public sealed record ClassSplit(IDataView Main, IDataView Auxiliary);
