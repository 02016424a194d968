namespace FeatureReuse;

/// <summary>Describes one step in the making of a classifier, with everything that is needed to repeat it.</summary>
[JsonConverter(typeof(RunRecordConverter))]
public abstract record RunRecord
{
    /// <summary>Gets the version of this library that made the step.</summary>
    public string LibraryVersion { get; init; } = FeatureReuse.LibraryVersion.Current;

    /// <summary>Gets the name of the device.</summary>
    public required string Device { get; init; }

    /// <summary>Gets libtorch's number of threads; on the processor, results are bit-identical for the same number.</summary>
    public int Threads { get; init; } = get_num_threads();

    /// <summary>Gets the name of the step in files and reports.</summary>
    internal abstract string Name { get; }

    /// <summary>Gets the head, the number of labelled images and the seed, as far as the step has them.</summary>
    internal virtual (string Task, int RowCount, int Seed) Details => ("", 0, 0);

    /// <summary>Gets by what the step multiplied the weights.</summary>
    internal virtual Rescaling WeightRescaling => Rescaling.None;
}
