namespace FeatureReuse;

/// <summary>Builds the graphs of shallow networks. In: "features" or "inputs" [n, d]. Out: "score" [n, 1], or "features" [n, m].</summary>
internal static class OnnxShallow
{
    public static OnnxGraph GraphOf(DiagonalNetwork network, string input = "features", string output = "score")
    {
        OnnxGraph graph = Create("DiagonalLinear");
        string rows = Rows(graph, input, network.Width);
        graph.Output(output, graph.MatMul(rows, graph.Constant("coefficients", network.GetCoefficients(), network.Width, 1)), 1);
        return graph;
    }

    public static OnnxGraph GraphOf(TwoLayerReluNetwork network, string input = "features", string output = "score")
    {
        OnnxGraph graph = Create("TwoLayerRelu");
        string hidden = ReluLayer(graph, input, network.Width, network.HiddenUnits, network.GetUnit);
        graph.Output(output, graph.MatMul(hidden, graph.Constant("readout", network.GetReadout(), network.HiddenUnits, 1)), 1);
        return graph;
    }

    public static OnnxGraph GraphOf(LearnedFeatures features, string input = "inputs", string output = "features")
    {
        OnnxGraph graph = Create("MultiTaskFeatures");
        string computed = ReluLayer(graph, input, features.Width, features.NeuronCount, neuron => features.GetNeuron(neuron).ToArray());
        graph.Output(output, computed, features.NeuronCount);
        return graph;
    }

    private static OnnxGraph Create(string network)
        => new(network) { Metadata = { ["network"] = network, ["producer_version"] = LibraryVersion.Current } };

    /// <summary>Adds an input as [n, width]; ML.NET's vectors may have more dimensions.</summary>
    private static string Rows(OnnxGraph graph, string input, int width)
        => graph.Reshape(graph.Input(input, width), "rows.shape", -1, width);

    /// <summary>Adds relu(W x), with W given unit by unit.</summary>
    private static string ReluLayer(OnnxGraph graph, string input, int width, int count, Func<int, float[]> unitAt)
    {
        string rows = Rows(graph, input, width);
        var transposed = new float[width * count];
        for (int unit = 0; unit < count; unit++)
        {
            float[] weights = unitAt(unit);
            for (int i = 0; i < width; i++)
                transposed[i * count + unit] = weights[i];
        }
        return graph.Relu(graph.MatMul(rows, graph.Constant("first", transposed, width, count)));
    }
}
