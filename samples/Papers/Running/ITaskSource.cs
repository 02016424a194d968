using Microsoft.ML;

namespace Papers.Running;

/// <summary>A data set with an auxiliary and a main task.</summary>
internal interface ITaskSource
{
    /// <summary>Gets the name of the data in the CSV file.</summary>
    string Name { get; }

    /// <summary>Gets a text that differs where the auxiliary images do.</summary>
    string Fingerprint { get; }

    /// <summary>Throws where the main task has fewer images than a run needs.</summary>
    /// <exception cref="ArgumentException">A size is too small or too large.</exception>
    void RequireSizes(IEnumerable<int> sizes);

    TransferTasks Load(MLContext ml, int auxiliaryImages, int seed);
}
