using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>Gradient steps of the shallow networks as one would write them in TorchSharp.</summary>
internal sealed class PlainSteps : IPeerRole
{
    private const int WarmUps = 20;

    /// <summary>Takes steps of a new network and returns the seconds of one.</summary>
    /// <param name="question">"diagonal ROWS STEPS" (1000 coordinates) or "relu ROWS STEPS" (15 inputs, 1000 hidden units).</param>
    public double Answer(string[] question)
    {
        string kind = question[0];
        int rows = int.Parse(question[1], CultureInfo.InvariantCulture);
        int steps = int.Parse(question[2], CultureInfo.InvariantCulture);
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> network = kind == "diagonal" ? new PlainDiagonal(1000)
            : nn.Sequential(nn.Linear(15, 1000, hasBias: false), nn.ReLU(), nn.Linear(1000, 1, hasBias: false));
        using optim.Optimizer optimizer = optim.SGD(network.parameters(), 1e-6);
        using (network)
        {
            Tensor inputs = randn(rows, kind == "diagonal" ? 1000 : 15);
            Tensor labels = randn(rows, 1);
            void Train(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    using DisposeScope step = NewDisposeScope();
                    optimizer.zero_grad();
                    nn.functional.mse_loss(network.call(inputs), labels).backward();
                    optimizer.step();
                }
            }
            Train(WarmUps);
            return Timing.SecondsOf(() => Train(steps)) / steps;
        }
    }

    public void Dispose()
    {
    }
}
