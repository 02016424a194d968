using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>
/// Forward passes of a new ResNet-18, the library's or the plain one, with gradients. The library's first one compares the convolutions
/// with float64 before it relies on them.
/// </summary>
internal sealed class NetworkCalls : IPeerRole
{
    private const int Images = 2;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Tensor _images;

    public NetworkCalls(bool isLibrary, int side)
    {
        string[] classes = [.. Enumerable.Range(0, 100).Select(index => $"{index}")];
        _network = isLibrary
            ? NetworkArchitecture.ResNet18.Build(new(3, side, side), InputNormalization.Symmetric, [new Head("main", classes, 0)], seed: 1)
            : new PlainResNet18(classes.Length);
        _network.train();
        _images = randn(Images, 3, side, side);
        WarmUp();
    }

    /// <summary>Makes the next pass.</summary>
    /// <param name="question">Ignored.</param>
    public double Answer(string[] question)
    {
        using DisposeScope scope = NewDisposeScope();
        return Timing.SecondsOf(() => _network.call(_images));
    }

    public void Dispose()
    {
        _network.Dispose();
        _images.Dispose();
    }

    /// <summary>Starts libtorch's threads and libraries with a convolution that the network does not have.</summary>
    private static void WarmUp()
    {
        using DisposeScope scope = NewDisposeScope();
        using var convolution = nn.Conv2d(32, 32, 5);
        convolution.call(randn(8, 32, 16, 16)).sum().backward();
    }
}
