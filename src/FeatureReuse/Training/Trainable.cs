namespace FeatureReuse;

/// <summary>Describes what the training loop trains: a function from a batch [n, ...] to the logits of all heads, [n, logits].</summary>
/// <param name="Module">The module that is switched between training and evaluation mode, and that snapshots copy.</param>
/// <param name="Logits">The forward pass.</param>
/// <param name="Layers">The layers, from the input to the readout.</param>
/// <param name="Device">The device of the layers.</param>
/// <param name="Network">The network if all of it is trained; null if only its readout is trained, on features.</param>
internal sealed record Trainable(
    nn.Module Module, Func<Tensor, Tensor> Logits, IReadOnlyList<TrainableLayer> Layers, Device Device, ImageClassifier? Network = null)
{
    public IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => layer.Parameters);
}
