namespace FeatureReuse;

/// <summary>Builds the graph of a classifier: normalization, the network's layers, the head and its probabilities.</summary>
internal static class OnnxClassifier
{
    /// <exception cref="NotSupportedException">The network is a custom one, whose forward pass is not known.</exception>
    public static OnnxGraph GraphOf(TrainedClassifier classifier)
    {
        ImageClassifier network = classifier.Network;
        Head head = classifier.Head;
        var graph = new OnnxGraph(network.Architecture.Name)
        {
            Metadata =
            {
                ["class_names"] = JsonSerializer.Serialize(head.ClassNames),
                ["task"] = head.Name,
                ["network"] = network.Architecture.Name,
                ["producer_version"] = LibraryVersion.Current,
            },
        };
        ImageShape shape = network.Input;
        string features = Features(graph, network, graph.Input("images", shape.Channels, shape.Height, shape.Width));
        graph.Output("probabilities", Probabilities(graph, network, head, features), head.ClassCount);
        graph.Output("features", features, network.FeatureCount);
        return graph;
    }

    /// <summary>
    /// Adds everything before the readout, from images of floats [n, channels, height, width], pixels as they are, to [n, features].
    /// </summary>
    /// <exception cref="NotSupportedException">The network is a custom one, whose forward pass is not known.</exception>
    public static string Features(OnnxGraph graph, ImageClassifier network, string images)
    {
        (float[] scales, float[] shifts) = network.NormalizationFactors;
        string scaled = graph.Mul(images, graph.Constant("normalization.scale", scales, 1, scales.Length, 1, 1));
        string normalized = graph.Add(scaled, graph.Constant("normalization.shift", shifts, 1, shifts.Length, 1, 1));
        return new OnnxNetwork(graph, network).Add(normalized);
    }

    /// <summary>Adds one head, from [n, features] to [n, classes].</summary>
    public static string Probabilities(OnnxGraph graph, ImageClassifier network, Head head, string features)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = network.Readout.weight!.narrow(0, head.Start, head.ClassCount);
        Tensor? bias = network.Readout.bias?.narrow(0, head.Start, head.ClassCount);
        return graph.Softmax(graph.Linear(features, "readout", weight, bias));
    }
}
