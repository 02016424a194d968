using System.Text.Json;
using FeatureReuse.Networks;
using FeatureReuse.Reuse;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Interchange.Onnx;

/// <summary>The graph of a classifier: normalisation, the network's own layers, the head and its probabilities.</summary>
internal static class OnnxClassifier
{
    /// <exception cref="NotSupportedException">The network's forward pass is not known.</exception>
    public static OnnxGraph GraphOf(TrainedClassifier classifier)
    {
        ImageClassifier network = classifier.Network;
        Head head = classifier.Head;
        var graph = new OnnxGraph(network.Network.Name)
        {
            Metadata =
            {
                ["class_names"] = JsonSerializer.Serialize(head.ClassNames),
                ["task"] = head.Name,
                ["network"] = network.Network.Name,
                ["producer_version"] = LibraryVersion.Current,
            },
        };
        ImageShape shape = network.Input;
        string images = graph.Input("images", shape.Channels, shape.Height, shape.Width);
        (float[] scales, float[] shifts) = network.NormalizationFactors;
        string normalized = graph.Apply("Add", [graph.Apply("Mul", [images, graph.Constant("normalization.scale", scales, 1, shape.Channels, 1, 1)]),
            graph.Constant("normalization.shift", shifts, 1, shape.Channels, 1, 1)]);
        string features = network.AddTo(graph, normalized);
        using (no_grad())
        using (NewDisposeScope())
        {
            Tensor weight = network.Readout.weight!.narrow(0, head.Start, head.ClassCount);
            Tensor? bias = network.Readout.bias?.narrow(0, head.Start, head.ClassCount);
            graph.Output("probabilities", graph.Apply("Softmax", [graph.Linear(features, "readout", weight, bias)], ("axis", -1L)), head.ClassCount);
        }
        graph.Output("features", features, network.FeatureCount);
        return graph;
    }
}
