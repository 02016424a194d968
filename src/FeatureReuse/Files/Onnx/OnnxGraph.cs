using Google.Protobuf;
using Onnx;
using Dimension = Onnx.TensorShapeProto.Types.Dimension;
using ElementType = Onnx.TensorProto.Types.DataType;

namespace FeatureReuse;

/// <summary>
/// Builds a graph of ONNX operators in the order of the forward pass. Values are known by their names; each method returns the name of its
/// result. The operators mean the same from opset 9, the oldest that ML.NET's own converter writes, to opset 17.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    private int _values;

    public GraphProto Proto { get; } = new() { Name = name };
    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal)
    {
        ["network"] = name, ["producer_version"] = LibraryVersion.Current,
    };

    public void Save(string path) => WholeFile.Write(path, new ModelProto
    {
        IrVersion = 8, ProducerName = nameof(FeatureReuse), ProducerVersion = LibraryVersion.Current, Graph = Proto,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        MetadataProps = { Metadata.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }) },
    }.WriteTo);

    /// <summary>Declares an input of floats, [n, ...].</summary>
    public string Input(string input, params IEnumerable<long> shape)
    {
        Proto.Input.Add(Floats(input, shape));
        return input;
    }

    /// <summary>Declares a value of floats, [n, ...], as an output under a name.</summary>
    public void Output(string output, string value, params IEnumerable<long> shape)
    {
        AddNode("Identity", [value], output, []);
        Proto.Output.Add(Floats(output, shape));
    }

    /// <summary>Adds an operator with one result. Attributes are of type float, long or long[].</summary>
    public string Apply(string type, IEnumerable<string> inputs, params IEnumerable<(string Name, object Value)> attributes)
    {
        string output = $"{type.ToLowerInvariant()}_{++_values}";
        AddNode(type, inputs, output, attributes);
        return output;
    }

    /// <summary>Adds a constant of floats, row-major.</summary>
    public string Constant(string constant, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
        => AddConstant(constant, ElementType.Float, MemoryMarshal.AsBytes(values), shape);

    public string Constant(string constant, params ReadOnlySpan<long> values)
        => AddConstant(constant, ElementType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Adds a weight as a constant of floats, within the caller's scope.</summary>
    public string Constant(string constant, Tensor value)
        => AddConstant(constant, ElementType.Float, value.detach().cpu().to_type(ScalarType.Float32).contiguous().bytes, value.shape);

    public string Scalar(float value) => Constant($"scalar_{++_values}", [value], 1);

    public string Add(string first, string second) => Apply("Add", [first, second]);
    public string Mul(string first, string second) => Apply("Mul", [first, second]);
    public string MatMul(string first, string second) => Apply("MatMul", [first, second]);
    public string Relu(string input) => Apply("Relu", [input]);
    public string Softmax(string input) => Apply("Softmax", [input], ("axis", -1L));
    public string Cast(string input, ElementType type) => Apply("Cast", [input], ("to", (long)type));

    /// <summary>Reshapes; 0 keeps a dimension, -1 stands for the rest. The shape is a constant with a name.</summary>
    public string Reshape(string input, string shapeName, params ReadOnlySpan<long> shape)
        => Apply("Reshape", [input, Constant(shapeName, shape)]);

    public string Transpose(string input, params long[] order) => Apply("Transpose", [input], ("perm", order));

    public string Mean(string input, long[] axes, bool keepsAxes)
        => Apply("ReduceMean", [input], ("axes", axes), ("keepdims", keepsAxes ? 1L : 0L));

    /// <summary>Takes one of the slices of a value along its first axis, without that axis.</summary>
    public string Select(string value, long index) => Apply("Gather",
        [value, AddConstant($"index_{++_values}", ElementType.Int64, MemoryMarshal.AsBytes([index]), [])], ("axis", 0L));

    /// <summary>x W^T + b over the last axis, for input of any rank.</summary>
    public string Linear(string input, string layer, Tensor weight, Tensor? bias)
    {
        string product = MatMul(input, Constant($"{layer}.weight", weight.t()));
        return bias is null ? product : Add(product, Constant($"{layer}.bias", bias));
    }

    private void AddNode(string type, IEnumerable<string> inputs, string output, IEnumerable<(string Name, object Value)> attributes)
        => Proto.Node.Add(new NodeProto
        {
            OpType = type, Name = $"{type}_{output}", Input = { inputs }, Output = { output },
            Attribute = { attributes.Select(attribute => AttributeOf(attribute.Name, attribute.Value)) },
        });

    private string AddConstant(string constant, ElementType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        Proto.Initializer.Add(
            new TensorProto { Name = constant, DataType = (int)type, Dims = { shape.ToArray() }, RawData = ByteString.CopyFrom(bytes) });
        return constant;
    }

    private static AttributeProto AttributeOf(string attribute, object value) => value switch
    {
        float number => new() { Name = attribute, F = number, Type = AttributeProto.Types.AttributeType.Float },
        long number => new() { Name = attribute, I = number, Type = AttributeProto.Types.AttributeType.Int },
        _ => new() { Name = attribute, Ints = { (long[])value }, Type = AttributeProto.Types.AttributeType.Ints },
    };

    private static ValueInfoProto Floats(string value, IEnumerable<long> shape)
    {
        IEnumerable<Dimension> dimensions = shape.Select(size => new Dimension { DimValue = size }).Prepend(new() { DimParam = "n" });
        var floats = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float, Shape = new() { Dim = { dimensions } } };
        return new() { Name = value, Type = new() { TensorType = floats } };
    }
}
