using System.Runtime.InteropServices;
using Google.Protobuf;

namespace FeatureReuse;

/// <summary>A graph as a model file. The numbers of fields are those of onnx.proto.</summary>
internal static class OnnxFile
{
    private const long IrVersion = 8;
    private const long Opset = 17;
    private const string Batch = "n";

    /// <summary>Writes beside the file and renames.</summary>
    public static void Write(string path, OnnxGraph graph)
    {
        ProtoMessage model = new ProtoMessage().Add(1, IrVersion).Add(2, "FeatureReuse").Add(3, LibraryVersion.Current).Add(7, Graph(graph))
            .Add(8, new ProtoMessage().Add(1, "").Add(2, Opset))
            .AddAll(14, graph.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal), (message, field, entry) => message.Add(field, new ProtoMessage().Add(1, entry.Key).Add(2, entry.Value)));
        WholeFile.Write(path, stream =>
        {
            using var output = new CodedOutputStream(stream, leaveOpen: true);
            model.WriteTo(output);
        });
    }

    private static ProtoMessage Graph(OnnxGraph graph)
    {
        var message = new ProtoMessage();
        message.AddAll(1, graph.Operators, (message, field, node) => message.Add(field, Node(node))).Add(2, graph.Name);
        message.AddAll(5, graph.Constants, (message, field, constant) => message.Add(field, Tensor(constant)));
        message.AddAll(11, graph.Inputs, (message, field, input) => message.Add(field, Value(input.Name, input.Shape)));
        return message.AddAll(12, graph.Outputs, (message, field, output) => message.Add(field, Value(output.Name, output.Shape)));
    }

    private static ProtoMessage Node(OnnxOperator node)
    {
        ProtoMessage message = new ProtoMessage().AddAll(1, node.Inputs, (message, field, input) => message.Add(field, input))
            .Add(2, node.Output).Add(3, $"{node.Type}_{node.Output}").Add(4, node.Type);
        return message.AddAll(5, node.Attributes, (message, field, attribute) => message.Add(field, Attribute(attribute.Name, attribute.Value)));
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

    private static ProtoMessage Tensor(OnnxConstant constant)
    {
        (long type, byte[] bytes) = constant.Values switch
        {
            float[] floats => (OnnxGraph.FloatType, MemoryMarshal.AsBytes<float>(floats).ToArray()),
            long[] integers => (OnnxGraph.Int64Type, MemoryMarshal.AsBytes<long>(integers).ToArray()),
            _ => throw new ArgumentException($"Constants of type {constant.Values.GetType()} are not written.", nameof(constant)),
        };
        return new ProtoMessage().AddAll(1, constant.Shape, (message, field, size) => message.Add(field, size)).Add(2, type).Add(8, constant.Name).Add(9, bytes);
    }

    private static ProtoMessage Value(string value, long[] shape)
    {
        ProtoMessage dimensions = new ProtoMessage().Add(1, new ProtoMessage().Add(2, Batch));
        dimensions.AddAll(1, shape, (message, field, size) => message.Add(field, new ProtoMessage().Add(1, size)));
        return new ProtoMessage().Add(1, value).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, OnnxGraph.FloatType).Add(2, dimensions)));
    }
}
