using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>The training loop that one would write in TorchSharp; in bfloat16 with the network and the batch converted to it.</summary>
internal sealed class PlainTraining : IPeerRole
{
    private readonly CifarTensors _data;
    private readonly int _batchSize;
    private readonly ScalarType _type;
    private readonly PlainResNet18 _network = new(100);
    private readonly optim.Optimizer _optimizer;

    public PlainTraining(string folder, int images, int batchSize, Precision precision)
    {
        _data = new(Path.Combine(folder, "train.bin"), images);
        _batchSize = batchSize;
        _type = precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        _network.to(_type);
        _optimizer = optim.SGD(_network.parameters(), 1e-3, momentum: .9);
    }

    /// <summary>Trains one epoch on the first images.</summary>
    /// <param name="question">"epoch COUNT".</param>
    public double Answer(string[] question)
    {
        int images = int.Parse(question[1], CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        _network.train();
        (double loss, long correct) = (0, 0);
        using Tensor order = randperm(images, ScalarType.Int64);
        for (int start = 0; start < images; start += _batchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor rows = order.narrow(0, start, Math.Min(_batchSize, images - start));
            Tensor batch = CifarTensors.Normalize(_data.Images.index_select(0, rows)).to_type(_type);
            Tensor labels = _data.Labels.index_select(0, rows);
            Tensor logits = _network.call(batch);
            Tensor batchLoss = nn.functional.cross_entropy(logits, labels);
            _optimizer.zero_grad();
            batchLoss.backward();
            _optimizer.step();
            loss += batchLoss.to_type(ScalarType.Float32).item<float>() * labels.shape[0];
            correct += logits.argmax(1).eq(labels).sum().item<long>();
        }
        double seconds = watch.Elapsed.TotalSeconds;
        return double.IsFinite(loss) ? seconds
            : throw new InvalidOperationException($"The plain loop's loss is {loss} after {correct} right images.");
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _data.Dispose();
    }
}
