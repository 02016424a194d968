using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Training;

/// <summary>What the training loop moves: from a batch [n, ...] to one task's logits [n, classes].</summary>
/// <param name="Module">Switched between training and evaluation mode; what snapshots keep.</param>
/// <param name="Logits">The forward pass.</param>
/// <param name="Parameters">The parameters that move.</param>
/// <param name="Device">Where they are.</param>
internal sealed record Trainable(nn.Module Module, Func<Tensor, Tensor> Logits, IReadOnlyList<Parameter> Parameters, Device Device);
