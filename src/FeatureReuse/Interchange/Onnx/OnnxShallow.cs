using FeatureReuse.Shallow;

namespace FeatureReuse.Interchange.Onnx;

/// <summary>The graphs of shallow networks. In: "features" or "inputs" [n, d]. Out: "score" [n, 1], or "features" [n, m].</summary>
internal static class OnnxShallow
{
    public static OnnxGraph GraphOf(DiagonalNetwork network)
    {
        OnnxGraph graph = Start("DiagonalLinear");
        string score = graph.Apply("MatMul", [graph.Input("features", network.Width), graph.Constant("coefficients", network.Coefficients(), network.Width, 1)]);
        graph.Output("score", score, 1);
        return graph;
    }

    public static OnnxGraph GraphOf(TwoLayerReluNetwork network)
    {
        OnnxGraph graph = Start("TwoLayerRelu");
        string hidden = Layer(graph, graph.Input("features", network.Width), Enumerable.Range(0, network.HiddenUnits).Select(network.Unit), network.Width, network.HiddenUnits);
        graph.Output("score", graph.Apply("MatMul", [hidden, graph.Constant("readout", network.Readout().ToArray(), network.HiddenUnits, 1)]), 1);
        return graph;
    }

    public static OnnxGraph GraphOf(MultiTaskFeatures features)
    {
        OnnxGraph graph = Start("MultiTaskFeatures");
        graph.Output("features", Layer(graph, graph.Input("inputs", features.Width), Enumerable.Range(0, features.NeuronCount).Select(neuron => features.Neuron(neuron).ToArray()), features.Width, features.NeuronCount),
            features.NeuronCount);
        return graph;
    }

    private static OnnxGraph Start(string network) => new(network) { Metadata = { ["network"] = network, ["producer_version"] = LibraryVersion.Current } };

    /// <summary>relu(W x), with W given unit by unit.</summary>
    private static string Layer(OnnxGraph graph, string inputs, IEnumerable<float[]> units, int width, int count)
    {
        var transposed = new float[width * count];
        int unit = 0;
        foreach (float[] weights in units)
        {
            for (int i = 0; i < width; i++)
            {
                transposed[i * count + unit] = weights[i];
            }
            unit++;
        }
        return graph.Relu(graph.Apply("MatMul", [inputs, graph.Constant("first", transposed, width, count)]));
    }
}
