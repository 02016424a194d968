using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>
/// A graph of ONNX operators, built in the order of the forward pass. Values are known by name; each operator returns the name of what it gives.
/// The operators mean the same from opset 9, the oldest that ML.NET's own converter writes, to opset 17.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>onnx.proto's numbers of types.</summary>
    public const long FloatType = 1;
    public const long Int64Type = 7;
    public const long UInt32Type = 12;

    private readonly List<OnnxOperator> _operators = [];
    private readonly List<OnnxConstant> _constants = [];
    private readonly List<(string Name, long[] Shape)> _inputs = [];
    private readonly List<(string Name, long[] Shape)> _outputs = [];
    private int _values;

    public string Name => name;

    public IReadOnlyList<OnnxOperator> Operators => _operators;

    public IReadOnlyList<OnnxConstant> Constants => _constants;

    public IReadOnlyList<(string Name, long[] Shape)> Inputs => _inputs;

    public IReadOnlyList<(string Name, long[] Shape)> Outputs => _outputs;

    /// <summary>What else a reader may want to know.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Declares an input, floats [n, ...].</summary>
    public string Input(string input, params long[] shape)
    {
        _inputs.Add((input, shape));
        return input;
    }

    /// <summary>Declares a value as an output under a name, floats [n, ...].</summary>
    public void Output(string output, string value, params long[] shape)
    {
        _operators.Add(new("Identity", [value], output, []));
        _outputs.Add((output, shape));
    }

    /// <summary>Adds an operator with one result.</summary>
    public string Apply(string type, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"{type.ToLowerInvariant()}_{++_values}";
        _operators.Add(new(type, inputs, output, attributes));
        return output;
    }

    /// <summary>A constant of floats, row-major.</summary>
    public string Constant(string constant, ReadOnlyMemory<float> values, params long[] shape)
    {
        _constants.Add(new(constant, values.ToArray(), shape));
        return constant;
    }

    /// <summary>A constant of 64-bit integers, [count].</summary>
    public string Constant(string constant, params long[] values)
    {
        _constants.Add(new(constant, values, [values.Length]));
        return constant;
    }

    /// <summary>One of the slices of a value along its first axis, without that axis.</summary>
    public string Select(string value, long index)
    {
        string constant = $"index_{++_values}";
        _constants.Add(new(constant, new[] { index }, []));
        return Apply("Gather", [value, constant], ("axis", 0L));
    }

    /// <summary>A weight as it is.</summary>
    public string Constant(string constant, Tensor? value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _constants.Add(new(constant, value.detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray(), value.shape));
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

    /// <summary>(x - mean) / sqrt(variance + epsilon) over the last axis; the operator of this name is as young as opset 17.</summary>
    public string LayerNorm(string input, string prefix, LayerNorm norm)
    {
        string Mean(string value) => Apply("ReduceMean", [value], ("axes", (long[])[-1]), ("keepdims", 1L));
        string centred = Apply("Sub", [input, Mean(input)]);
        string deviation = Apply("Sqrt", [Add(Mean(Apply("Mul", [centred, centred])), Scalar(1e-5f))]);
        string scaled = Apply("Mul", [Apply("Div", [centred, deviation]), Constant($"{prefix}.weight", norm.weight)]);
        return Add(scaled, Constant($"{prefix}.bias", norm.bias));
    }

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
}
