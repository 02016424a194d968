using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Interchange.Onnx;

/// <summary>
/// A graph of ONNX operators (opset 17), built in the order of the forward pass. Values are known by name; each operator returns the name of what it gives. The numbers
/// of fields and types are those of onnx.proto.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    private const int FloatType = 1;
    private const int Int64Type = 7;
    private const string Batch = "n";

    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _initializers = [];
    private readonly List<ProtoMessage> _inputs = [];
    private readonly List<ProtoMessage> _outputs = [];
    private int _values;

    /// <summary>What else a reader may want to know.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Declares an input, floats [n, ...].</summary>
    public string Input(string input, params long[] shape)
    {
        _inputs.Add(Value(input, shape));
        return input;
    }

    /// <summary>Declares a value as an output under a name, floats [n, ...].</summary>
    public void Output(string output, string value, params long[] shape)
    {
        _nodes.Add(Node("Identity", [value], output));
        _outputs.Add(Value(output, shape));
    }

    /// <summary>Adds an operator with one result.</summary>
    public string Apply(string type, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"{type.ToLowerInvariant()}_{++_values}";
        _nodes.Add(Node(type, inputs, output, attributes));
        return output;
    }

    /// <summary>A constant of floats, row-major.</summary>
    public string Constant(string constant, ReadOnlyMemory<float> values, params long[] shape)
    {
        _initializers.Add(Tensor(constant, FloatType, shape, MemoryMarshal.AsBytes(values.Span).ToArray()));
        return constant;
    }

    /// <summary>A constant of 64-bit integers, [count].</summary>
    public string Constant(string constant, params long[] values)
    {
        _initializers.Add(Tensor(constant, Int64Type, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray()));
        return constant;
    }

    /// <summary>A weight as it is.</summary>
    public string Constant(string constant, Tensor? value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _initializers.Add(Tensor(constant, FloatType, value.shape, value.detach().cpu().to_type(ScalarType.Float32).contiguous().bytes.ToArray()));
        return constant;
    }

    /// <summary>A convolution; its weights are named behind a prefix.</summary>
    public string Conv(string input, string prefix, Conv2d convolution, long stride, long padding)
    {
        string[] inputs = convolution.bias is { } bias ? [input, Constant($"{prefix}.weight", convolution.weight), Constant($"{prefix}.bias", bias)]
            : [input, Constant($"{prefix}.weight", convolution.weight)];
        return Apply("Conv", inputs, ("strides", new[] { stride, stride }), ("pads", new[] { padding, padding, padding, padding }));
    }

    /// <summary>Batch normalisation as in evaluation.</summary>
    public string BatchNorm(string input, string prefix, BatchNorm2d norm)
        => Apply("BatchNormalization", [input, Constant($"{prefix}.weight", norm.weight), Constant($"{prefix}.bias", norm.bias), Constant($"{prefix}.running_mean", norm.running_mean!),
            Constant($"{prefix}.running_var", norm.running_var!)], ("epsilon", 1e-5f));

    public string LayerNorm(string input, string prefix, LayerNorm norm)
        => Apply("LayerNormalization", [input, Constant($"{prefix}.weight", norm.weight), Constant($"{prefix}.bias", norm.bias!)], ("axis", -1L), ("epsilon", 1e-5f));

    /// <summary>x W^T + b over the last axis, for input of any rank.</summary>
    public string Linear(string input, string prefix, Tensor weight, Tensor? bias)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        string product = Apply("MatMul", [input, Constant($"{prefix}.weight", weight.t())]);
        return bias is null ? product : Apply("Add", [product, Constant($"{prefix}.bias", bias)]);
    }

    /// <summary>The mean over height and width of [n, channels, height, width].</summary>
    public string SpatialMean(string input) => Apply("ReduceMean", [input], ("axes", (long[])[2, 3]), ("keepdims", 0L));

    /// <summary>The largest of 3x3 pixels, at every other pixel.</summary>
    public string MaxPool(string input) => Apply("MaxPool", [input], ("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1]));

    public string Transpose(string input, params long[] order) => Apply("Transpose", [input], ("perm", order));

    public string Relu(string input) => Apply("Relu", [input]);

    public string Add(string first, string second) => Apply("Add", [first, second]);

    /// <summary>x (1 + erf(x / sqrt 2)) / 2; the operator of this name is younger than opset 17.</summary>
    public string Gelu(string input)
    {
        string erf = Apply("Erf", [Apply("Mul", [input, Scalar(1 / MathF.Sqrt(2))])]);
        return Apply("Mul", [Apply("Mul", [input, Apply("Add", [erf, Scalar(1)])]), Scalar(.5f)]);
    }

    /// <summary>A number.</summary>
    public string Scalar(float value) => Constant($"scalar_{++_values}", (ReadOnlyMemory<float>)new[] { value }, 1);

    public ProtoMessage ToProto()
    {
        var graph = new ProtoMessage();
        graph.AddAll(1, _nodes, (message, field, node) => message.Add(field, node)).Add(2, name);
        graph.AddAll(5, _initializers, (message, field, tensor) => message.Add(field, tensor));
        graph.AddAll(11, _inputs, (message, field, input) => message.Add(field, input));
        return graph.AddAll(12, _outputs, (message, field, output) => message.Add(field, output));
    }

    private static ProtoMessage Node(string type, IReadOnlyList<string> inputs, string output, params (string Name, object Value)[] attributes)
    {
        ProtoMessage node = new ProtoMessage().AddAll(1, inputs, (message, field, input) => message.Add(field, input)).Add(2, output).Add(3, $"{type}_{output}").Add(4, type);
        return node.AddAll(5, attributes, (message, field, attribute) => message.Add(field, Attribute(attribute.Name, attribute.Value)));
    }

    private static ProtoMessage Attribute(string attribute, object value)
    {
        ProtoMessage message = new ProtoMessage().Add(1, attribute);
        return value switch
        {
            float number => message.Add(2, number).Add(20, 1L),
            long number => message.Add(3, number).Add(20, 2L),
            long[] numbers => message.AddAll(8, numbers, (list, field, number) => list.Add(field, number)).Add(20, 7L),
            _ => throw new ArgumentException($"Attributes of type {value.GetType()} are not written.", nameof(value)),
        };
    }

    private static ProtoMessage Tensor(string tensor, int type, IEnumerable<long> shape, ReadOnlyMemory<byte> bytes)
        => new ProtoMessage().AddAll(1, shape, (message, field, size) => message.Add(field, size)).Add(2, (long)type).Add(8, tensor).Add(9, bytes);

    private static ProtoMessage Value(string value, long[] shape)
    {
        ProtoMessage dimensions = new ProtoMessage().Add(1, new ProtoMessage().Add(2, Batch));
        dimensions.AddAll(1, shape, (message, field, size) => message.Add(field, new ProtoMessage().Add(1, size)));
        return new ProtoMessage().Add(1, value).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, (long)FloatType).Add(2, dimensions)));
    }
}
