namespace FeatureReuse;

/// <summary>Builds the graph of a classifier. Constants have the names of the network's weights.</summary>
internal sealed class OnnxClassifier(OnnxGraph graph, ImageClassifier network)
{
    private const float Epsilon = 1e-5f;
    private const int Width = VisionTransformer.Width;
    private const int HeadCount = VisionTransformer.HeadCount;

    private readonly Dictionary<string, Tensor> _weights = network.state_dict();

    /// <summary>Builds normalization, the network's layers, the head and its probabilities.</summary>
    public static OnnxGraph GraphOf(TrainedClassifier classifier)
    {
        ImageClassifier network = classifier.Network;
        Head head = classifier.Head;
        var graph = new OnnxGraph(network.Architecture.Name)
        {
            Metadata = { ["class_names"] = JsonSerializer.Serialize(head.ClassNames), ["task"] = head.Name },
        };
        ImageShape shape = network.Input;
        string features = Features(graph, network, graph.Input("images", shape.Channels, shape.Height, shape.Width));
        graph.Output("probabilities", Probabilities(graph, network, head, features), head.ClassCount);
        graph.Output("features", features, network.FeatureCount);
        return graph;
    }

    /// <summary>Adds all before the readout, from floats [n, channels, height, width], not normalized, to [n, features].</summary>
    public static string Features(OnnxGraph graph, ImageClassifier network, string images)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (float[] scales, float[] shifts) = network.Blueprint.PixelFactors;
        string scaled = graph.Mul(images, graph.Constant("normalization.scale", scales, 1, scales.Length, 1, 1));
        string normalized = graph.Add(scaled, graph.Constant("normalization.shift", shifts, 1, shifts.Length, 1, 1));
        var builder = new OnnxClassifier(graph, network);
        return network switch
        {
            ResidualNetwork => builder.AddResNet(normalized),
            SmallConvolutionalNetwork => builder.AddSmallCnn(normalized),
            VisionTransformer => builder.AddVisionTransformer(normalized),
            _ => throw new NotSupportedException(
                $"{network.Architecture.Name} is a custom network, whose forward pass is not known; it cannot be exported to ONNX. "
                + "ResNet18, ResNet18CifarStem, SmallCnn and ViT can; ExportWeights writes the weights of any network."),
        };
    }

    /// <summary>Adds one head, from [n, features] to [n, classes].</summary>
    public static string Probabilities(OnnxGraph graph, ImageClassifier network, Head head, string features)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor Part(Tensor values) => values.narrow(0, head.Start, head.ClassCount);
        Tensor? bias = network.Readout.bias;
        return graph.Softmax(graph.Linear(features, "readout", Part(network.Readout.weight!), bias is null ? null : Part(bias)));
    }

    private string AddResNet(string images)
    {
        bool isImageNetStem = _weights["conv1.weight"].shape[2] > 3;
        string x = ConvNormRelu(images, "conv1", "bn1", stride: isImageNetStem ? 2 : 1, padding: isImageNetStem ? 3 : 1);
        if (isImageNetStem)
            x = graph.Apply("MaxPool", [x], ("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1]));
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int block = 0; block < 2; block++)
                x = AddResidualBlock(x, $"layer{stage}.{block}", stride: stage > 1 && block == 0 ? 2 : 1);
        }
        return graph.Mean(x, [2, 3], keepsAxes: false);
    }

    private string AddResidualBlock(string input, string block, long stride)
    {
        string x = ConvNormRelu(input, $"{block}.conv1", $"{block}.bn1", stride, padding: 1);
        x = ConvNorm(x, $"{block}.conv2", $"{block}.bn2", stride: 1, padding: 1);
        string shortcut = _weights.ContainsKey($"{block}.downsample.0.weight")
            ? ConvNorm(input, $"{block}.downsample.0", $"{block}.downsample.1", stride, padding: 0) : input;
        return graph.Relu(graph.Add(x, shortcut));
    }

    private string AddSmallCnn(string x)
    {
        foreach (int number in (int[])[1, 2, 3])
            x = ConvNormRelu(x, $"conv{number}", $"bn{number}", stride: 2, padding: _weights[$"conv{number}.weight"].shape[2] / 2);
        return graph.Mean(x, [2, 3], keepsAxes: false);
    }

    private string AddVisionTransformer(string images)
    {
        string patches = Conv(images, "patch_embed", VisionTransformer.PatchSize, padding: 0);
        // [n, width, rows, columns] -> [n, patches, width]
        patches = graph.Transpose(graph.Reshape(patches, "patches.shape", 0, Width, -1), 0, 2, 1);
        // The class token once for each image: a mean over patches has the batch's size, and times zero it is what the token is added to.
        string zeros = graph.Mul(graph.Mean(patches, [1], keepsAxes: true), graph.Scalar(0));
        string tokens = graph.Add(zeros, Weight("cls_token"));
        string x = graph.Add(graph.Apply("Concat", [tokens, patches], ("axis", 1L)), Weight("pos_embed"));
        for (int block = 0; block < VisionTransformer.BlockCount; block++)
            x = AddTransformerBlock(x, $"blocks.{block}");
        string first = graph.Apply("Gather", [x, graph.Constant("first.token", 0L)], ("axis", 1L));
        return LayerNorm(graph.Reshape(first, "features.shape", 0, Width), "norm");
    }

    private string AddTransformerBlock(string input, string block)
    {
        string x = graph.Add(input, AddAttention(LayerNorm(input, $"{block}.norm1"), $"{block}.attn"));
        return graph.Add(x, Gelu(Linear(Gelu(Linear(LayerNorm(x, $"{block}.norm2"), $"{block}.mlp.fc1")), $"{block}.mlp.fc2")));
    }

    private string AddAttention(string input, string layer)
    {
        // [n, tokens, 3 width] -> [3, n, heads, tokens, width of a head]
        string all = graph.Reshape(Linear(input, $"{layer}.qkv"), $"{layer}.split", 0, 0, 3, HeadCount, Width / HeadCount);
        all = graph.Transpose(all, 2, 0, 3, 1, 4);
        string scores = graph.MatMul(graph.Select(all, 0), graph.Transpose(graph.Select(all, 1), 0, 1, 3, 2));
        string attention = graph.Softmax(graph.Mul(scores, graph.Scalar(1 / MathF.Sqrt(Width))));
        string mixed = graph.Transpose(graph.MatMul(attention, graph.Select(all, 2)), 0, 2, 1, 3);
        return Linear(graph.Reshape(mixed, $"{layer}.join", 0, 0, Width), $"{layer}.proj");
    }

    private string ConvNormRelu(string input, string conv, string norm, long stride, long padding)
        => graph.Relu(ConvNorm(input, conv, norm, stride, padding));

    private string ConvNorm(string input, string conv, string norm, long stride, long padding) => graph.Apply("BatchNormalization",
        [Conv(input, conv, stride, padding), .. Weights(norm, "weight", "bias", "running_mean", "running_var")], ("epsilon", Epsilon));

    private string Conv(string input, string layer, long stride, long padding)
        => graph.Apply("Conv", [input, .. Weights(layer, "weight", "bias")],
            ("strides", (long[])[stride, stride]), ("pads", (long[])[padding, padding, padding, padding]));

    private string Linear(string input, string layer)
        => graph.Linear(input, layer, _weights[$"{layer}.weight"], _weights.GetValueOrDefault($"{layer}.bias"));

    /// <summary>(x - mean) / sqrt(variance + epsilon) over the last axis; ONNX has an operator for it from opset 17 only.</summary>
    private string LayerNorm(string input, string layer)
    {
        string Mean(string value) => graph.Mean(value, [-1], keepsAxes: true);
        string centred = graph.Apply("Sub", [input, Mean(input)]);
        string deviation = graph.Apply("Sqrt", [graph.Add(Mean(graph.Mul(centred, centred)), graph.Scalar(Epsilon))]);
        string scaled = graph.Mul(graph.Apply("Div", [centred, deviation]), Weight($"{layer}.weight"));
        return graph.Add(scaled, Weight($"{layer}.bias"));
    }

    /// <summary>x (1 + erf(x / sqrt 2)) / 2; ONNX has an operator for it from opset 20 only.</summary>
    private string Gelu(string input)
    {
        string erf = graph.Apply("Erf", [graph.Mul(input, graph.Scalar(1 / MathF.Sqrt(2)))]);
        return graph.Mul(graph.Mul(input, graph.Add(erf, graph.Scalar(1))), graph.Scalar(.5f));
    }

    private string Weight(string name) => graph.Constant(name, _weights[name]);

    /// <summary>Adds the weights of a layer, as far as it has them.</summary>
    private IEnumerable<string> Weights(string layer, params IEnumerable<string> names)
        => names.Select(name => $"{layer}.{name}").Where(_weights.ContainsKey).Select(Weight);
}
