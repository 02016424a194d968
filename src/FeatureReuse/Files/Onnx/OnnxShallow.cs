namespace FeatureReuse;

/// <summary>The graphs of shallow networks. In: "features" or "inputs" [n, d]. Out: "score" [n, 1], or "features" [n, m].</summary>
internal static class OnnxShallow
{
    public static OnnxGraph GraphOf(DiagonalNetwork network, string input = "features", string output = "score")
    {
        OnnxGraph graph = Start("DiagonalLinear");
        string score = graph.Apply("MatMul", [Rows(graph, input, network.Width), graph.Constant("coefficients", network.GetCoefficients(), network.Width, 1)]);
        graph.Output(output, score, 1);
        return graph;
    }

    public static OnnxGraph GraphOf(TwoLayerReluNetwork network, string input = "features", string output = "score")
    {
        OnnxGraph graph = Start("TwoLayerRelu");
        IEnumerable<float[]> units = Enumerable.Range(0, network.HiddenUnits).Select(network.GetUnit);
        string hidden = Layer(graph, Rows(graph, input, network.Width), units, network.Width, network.HiddenUnits);
        graph.Output(output, graph.Apply("MatMul", [hidden, graph.Constant("readout", network.GetReadout().ToArray(), network.HiddenUnits, 1)]), 1);
        return graph;
    }

    public static OnnxGraph GraphOf(LearnedFeatures features, string input = "inputs", string output = "features")
    {
        OnnxGraph graph = Start("MultiTaskFeatures");
        IEnumerable<float[]> units = Enumerable.Range(0, features.NeuronCount).Select(neuron => features.GetNeuron(neuron).ToArray());
        graph.Output(output, Layer(graph, Rows(graph, input, features.Width), units, features.Width, features.NeuronCount), features.NeuronCount);
        return graph;
    }

    private static OnnxGraph Start(string network) => new(network) { Metadata = { ["network"] = network, ["producer_version"] = LibraryVersion.Current } };

    /// <summary>An input as [n, width]; ML.NET's vectors may have more dimensions.</summary>
    private static string Rows(OnnxGraph graph, string input, int width)
        => graph.Apply("Reshape", [graph.Input(input, width), graph.Constant("rows.shape", -1, width)]);

    /// <summary>relu(W x), with W given unit by unit.</summary>
    private static string Layer(OnnxGraph graph, string inputs, IEnumerable<float[]> units, int width, int count)
    {
        var transposed = new float[width * count];
        int unit = 0;
        foreach (float[] weights in units)
        {
            for (int i = 0; i < width; i++)
                transposed[i * count + unit] = weights[i];
            unit++;
        }
        return graph.Relu(graph.Apply("MatMul", [inputs, graph.Constant("first", transposed, width, count)]));
    }
}
