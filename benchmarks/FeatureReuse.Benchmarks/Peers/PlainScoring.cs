using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>Bare forward passes of images that lie ready.</summary>
internal sealed class PlainScoring : IPeerRole
{
    private const int BatchSize = 256;

    private readonly CifarTensors _data;
    private readonly PlainResNet18 _network = new(100);

    public PlainScoring(string folder, int images)
    {
        _data = new(Path.Combine(folder, "test.bin"), images);
        _network.eval();
    }

    /// <summary>Passes all images.</summary>
    /// <param name="question">Ignored.</param>
    public double Answer(string[] question)
    {
        var watch = Stopwatch.StartNew();
        using IDisposable frozen = no_grad();
        for (long start = 0; start < _data.Images.shape[0]; start += BatchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor images = _data.Images.narrow(0, start, Math.Min(BatchSize, _data.Images.shape[0] - start));
            _network.call(CifarTensors.Normalize(images)).softmax(1);
        }
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        _network.Dispose();
        _data.Dispose();
    }
}
