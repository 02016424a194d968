using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Training;

/// <summary>What an optimiser remembers of each parameter, as tensors by name: "3.momentum_buffer", "3.exp_avg", "3.exp_avg_sq", "3.step".</summary>
internal static class OptimizerTensors
{
    private const string Momentum = "momentum_buffer";
    private const string Mean = "exp_avg";
    private const string Square = "exp_avg_sq";
    private const string Steps = "step";

    public static IEnumerable<(string Name, Tensor Value)> Of(optim.Optimizer optimizer)
    {
        int index = 0;
        foreach (OptimizerState state in StatesOf(optimizer))
        {
            switch (state)
            {
                case SGD.State { momentum_buffer: { } buffer }:
                    yield return ($"{index}.{Momentum}", buffer);
                    break;
                case Adam.State adam:
                    yield return ($"{index}.{Mean}", adam.exp_avg);
                    yield return ($"{index}.{Square}", adam.exp_avg_sq);
                    yield return ($"{index}.{Steps}", tensor(adam.step));
                    break;
                case AdamW.State adam:
                    yield return ($"{index}.{Mean}", adam.exp_avg);
                    yield return ($"{index}.{Square}", adam.exp_avg_sq);
                    yield return ($"{index}.{Steps}", tensor(adam.step));
                    break;
            }
            index++;
        }
    }

    /// <summary>Gives an optimiser that has taken no step what another one remembered.</summary>
    /// <param name="optimizer">Of the same kind for the same parameters.</param>
    /// <param name="tensors">By name; copied.</param>
    /// <param name="device">Where the parameters are.</param>
    public static void Restore(optim.Optimizer optimizer, IReadOnlyDictionary<string, Tensor> tensors, Device device)
    {
        int index = 0;
        foreach (OptimizerState state in StatesOf(optimizer))
        {
            switch (state)
            {
                case SGD.State sgd when tensors.TryGetValue($"{index}.{Momentum}", out Tensor? buffer):
                    sgd.momentum_buffer = buffer.clone().to(device).DetachFromDisposeScope();
                    break;
                case Adam.State adam:
                    adam.exp_avg.copy_(tensors[$"{index}.{Mean}"]);
                    adam.exp_avg_sq.copy_(tensors[$"{index}.{Square}"]);
                    adam.step = tensors[$"{index}.{Steps}"].ToInt64();
                    break;
                case AdamW.State adam:
                    adam.exp_avg.copy_(tensors[$"{index}.{Mean}"]);
                    adam.exp_avg_sq.copy_(tensors[$"{index}.{Square}"]);
                    adam.step = tensors[$"{index}.{Steps}"].ToInt64();
                    break;
            }
            index++;
        }
    }

    private static List<OptimizerState> StatesOf(optim.Optimizer optimizer) => ((OptimizerHelper)optimizer).state_dict().State;
}
