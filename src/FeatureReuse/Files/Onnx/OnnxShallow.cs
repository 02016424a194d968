namespace FeatureReuse;

/// <summary>Builds the graphs of shallow networks. In: "features" or "inputs" [n, d]. Out: "score" [n, 1], or "features" [n, m].</summary>
internal static class OnnxShallow
{
    public static OnnxGraph GraphOf(DiagonalNetwork network, string input = "features", string output = "score")
    {
        var graph = new OnnxGraph("DiagonalLinear");
        string rows = Rows(graph, input, network.Width);
        graph.Output(output, graph.MatMul(rows, graph.Constant("coefficients", network.GetCoefficients(), network.Width, 1)), 1);
        return graph;
    }

    public static OnnxGraph GraphOf(TwoLayerReluNetwork network, string input = "features", string output = "score")
    {
        var graph = new OnnxGraph("TwoLayerRelu");
        string hidden = ReluLayer(graph, input, network.Width, [.. Enumerable.Range(0, network.HiddenUnits).Select(network.GetUnit)]);
        graph.Output(output, graph.MatMul(hidden, graph.Constant("readout", network.GetReadout(), network.HiddenUnits, 1)), 1);
        return graph;
    }

    public static OnnxGraph GraphOf(LearnedFeatures features, string input = "inputs", string output = "features")
    {
        var graph = new OnnxGraph("MultiTaskFeatures");
        string computed = ReluLayer(graph, input, features.Width, [.. features.Weights.ToArray().Chunk(features.Width)]);
        graph.Output(output, computed, features.NeuronCount);
        return graph;
    }

    /// <summary>Adds an input as [n, width]; ML.NET's vectors may have more dimensions.</summary>
    private static string Rows(OnnxGraph graph, string input, int width)
        => graph.Reshape(graph.Input(input, width), "rows.shape", -1, width);

    /// <summary>Adds relu(W x), with W given unit by unit.</summary>
    private static string ReluLayer(OnnxGraph graph, string input, int width, float[][] units)
    {
        float[] transposed = [.. Enumerable.Range(0, width).SelectMany(i => units.Select(unit => unit[i]))];
        return graph.Relu(graph.MatMul(Rows(graph, input, width), graph.Constant("first", transposed, width, units.Length)));
    }
}
