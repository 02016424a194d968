namespace FeatureReuse;

/// <summary>Describes one step in the making of a classifier, with everything that is needed to repeat it.</summary>
/// <param name="Task">The name of the head; empty if the step concerns all.</param>
/// <param name="RowCount">The number of labelled images; 0 if the step uses none.</param>
/// <param name="Seed">The seed; 0 if the step draws no random numbers.</param>
/// <param name="Rescaling">The rescaling applied to the weights, before the training if there is one.</param>
[JsonConverter(typeof(RunRecordConverter))]
public abstract record RunRecord(string Task, int RowCount, int Seed, Rescaling Rescaling)
{
    /// <summary>Gets the version of this library that made the step.</summary>
    public string LibraryVersion { get; init; } = FeatureReuse.LibraryVersion.Current;

    /// <summary>Gets the name of the device.</summary>
    public required string Device { get; init; }

    /// <summary>Gets libtorch's number of threads; on the processor, results are bit-identical for the same number.</summary>
    public int Threads { get; init; } = get_num_threads();

    /// <summary>Gets the name of the step in files and reports.</summary>
    internal abstract string Name { get; }
}
