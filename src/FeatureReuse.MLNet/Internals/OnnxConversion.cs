using Microsoft.ML.Model.OnnxConverter;
using Onnx;

namespace FeatureReuse;

/// <summary>Adds graphs to the model that ML.NET's ConvertToOnnx is making.</summary>
internal static class OnnxConversion
{
    /// <summary>Adds a graph whose inputs and outputs have the names of columns.</summary>
    /// <exception cref="NotSupportedException">An input column comes from a step that ML.NET does not convert.</exception>
    public static void Add(OnnxContext context, OnnxGraph graph, IEnumerable<DataViewSchema.DetachedColumn> outputs)
    {
        GraphProto proto = graph.Proto;
        Dictionary<string, string> variables = proto.Input.ToDictionary(input => input.Name, input => VariableOf(context, input.Name));
        foreach (TensorProto constant in proto.Initializer)
            variables[constant.Name] = AddConstant(context, constant, $"{proto.Name}.{constant.Name}");
        Dictionary<string, DataViewType> types = outputs.ToDictionary(column => column.Name, column => column.Type);
        foreach (NodeProto node in proto.Node)
        {
            string result = node.Output.Single();
            string[] inputs = [.. node.Input.Select(input => variables[input])];
            variables[result] = types.TryGetValue(result, out DataViewType? type) ? context.AddIntermediateVariable(type, result)
                : context.AddIntermediateVariable(null, $"{proto.Name}.{result}", skip: true);
            string name = context.GetNodeName($"{proto.Name}.{node.OpType}");
            AddAttributes(context.CreateNode(node.OpType, inputs, [variables[result]], name, ""), node.Attribute);
        }
    }

    private static string VariableOf(OnnxContext context, string column) => context.ContainsColumn(column) ? context.GetVariableName(column)
        : throw new NotSupportedException($"Column '{column}' cannot be converted to ONNX: it comes from a step that ML.NET cannot "
            + "convert, such as LoadImages, ResizeImages, ExtractPixels or CustomMapping. Convert the part of the chain after that step, "
            + "with data that has the column; or call ExportOnnx of the transformer that reads it.");

    private static string AddConstant(OnnxContext context, TensorProto constant, string name)
    {
        ReadOnlySpan<byte> bytes = constant.RawData.Span;
        if ((TensorProto.Types.DataType)constant.DataType == TensorProto.Types.DataType.Float)
            return context.AddInitializer(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), constant.Dims, name);
        long[] integers = MemoryMarshal.Cast<byte, long>(bytes).ToArray();
        return constant.Dims.Count == 0 ? context.AddInitializer(integers[0], name) : context.AddInitializer(integers, constant.Dims, name);
    }

    private static void AddAttributes(OnnxNode node, IEnumerable<AttributeProto> attributes)
    {
        foreach (AttributeProto attribute in attributes)
        {
            if (attribute.Type == AttributeProto.Types.AttributeType.Float)
                node.AddAttribute(attribute.Name, attribute.F);
            else if (attribute.Type == AttributeProto.Types.AttributeType.Int)
                node.AddAttribute(attribute.Name, attribute.I);
            else
                node.AddAttribute(attribute.Name, attribute.Ints);
        }
    }
}
