using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>The library's own work, and a matrix product, in a process of its own.</summary>
internal sealed class LibraryWork(string folder, int images) : IPeerRole
{
    private const int Products = 10;

    private readonly Lazy<LibraryScoring> _scoring = new(() => new(folder, images));

    /// <param name="question">"fit COUNT", "score" or "product SIZE".</param>
    public double Answer(string[] question) => question[0] switch
    {
        "fit" => LibraryTraining.SecondsOfFit(folder, int.Parse(question[1], CultureInfo.InvariantCulture)),
        "score" => _scoring.Value.Seconds(),
        _ => SecondsOfProduct(int.Parse(question[1], CultureInfo.InvariantCulture)),
    };

    public void Dispose()
    {
        if (_scoring.IsValueCreated)
            _scoring.Value.Dispose();
    }

    private static double SecondsOfProduct(int size)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor left = randn(size, size);
        Tensor right = randn(size, size);
        left.matmul(right);
        return Timing.SecondsOf(() =>
        {
            for (int i = 0; i < Products; i++)
                left.matmul(right).Dispose();
        }) / Products;
    }
}
