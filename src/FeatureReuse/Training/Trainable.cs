using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>What the training loop moves: from a batch [n, ...] to the logits of all heads, [n, logits].</summary>
/// <param name="Module">Switched between training and evaluation mode; what snapshots keep.</param>
/// <param name="Logits">The forward pass.</param>
/// <param name="Layers">What moves, from the first layer to the readout.</param>
/// <param name="Device">Where they are.</param>
/// <param name="Network">The network, where the whole of it is trained; null where its readout alone is, on features.</param>
internal sealed record Trainable(nn.Module Module, Func<Tensor, Tensor> Logits, IReadOnlyList<TrainableLayer> Layers, Device Device, ImageClassifier? Network = null)
{
    public IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => layer.Parameters);
}
