using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>Images of CIFAR-100 in memory: bytes [n, 3, 32, 32], and the fine labels as int64 [n].</summary>
internal sealed class CifarTensors : IDisposable
{
    private const int RecordLength = 3074;

    public CifarTensors(string file, int count)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] records = new byte[checked(count * RecordLength)];
        stream.ReadExactly(records);
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = tensor(records, [count, RecordLength]);
        Images = rows.narrow(1, 2, RecordLength - 2).reshape(count, 3, 32, 32).contiguous().MoveToOuterDisposeScope();
        Labels = rows.select(1, 1).to_type(ScalarType.Int64).MoveToOuterDisposeScope();
    }

    public Tensor Images { get; }

    public Tensor Labels { get; }

    /// <summary>From bytes to [-1, 1].</summary>
    public static Tensor Normalize(Tensor images) => images.to_type(ScalarType.Float32).div(255).sub(.5).div(.5);

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
