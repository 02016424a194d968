using FeatureReuse.Networks;
using FeatureReuse.Persistence;

namespace FeatureReuse.Reuse;

/// <summary>A network, the head that classifies, and how both came about. The owner disposes it.</summary>
public sealed class TrainedClassifier : IDisposable
{
    internal TrainedClassifier(ImageClassifier network, Head head, IReadOnlyList<RunRecord> runs)
    {
        Network = network;
        Head = head;
        Runs = runs;
        network.eval();
    }

    /// <summary>The network, in evaluation mode.</summary>
    public ImageClassifier Network { get; }

    /// <summary>The head that was trained last.</summary>
    public Head Head { get; }

    /// <summary>The steps in the making, first to last.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>Writes network, options, seeds and history to a file; beside it first, then renamed.</summary>
    /// <param name="path">A safetensors file, written anew or replaced; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is left.</exception>
    public void Save(string path) => WholeFile.Write(path, stream => ClassifierFile.Write(stream, this));

    /// <summary>Reads what <see cref="Save"/> wrote, on the processor, with the same bits. Nothing in the file is run.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file holds no classifier, or is damaged; the message says how.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TrainedClassifier Load(string path) => ModelFile.Load(path, ClassifierFile.Read);

    /// <summary>The same network, whose last step is told otherwise.</summary>
    internal TrainedClassifier WithLastRun(Func<RunRecord, RunRecord> change) => new(Network, Head, [.. Runs.SkipLast(1), change(Runs[^1])]);

    /// <summary>Frees the network's weights.</summary>
    public void Dispose() => Network.Dispose();
}
