namespace FeatureReuse;

/// <summary>Adds graphs to the model that ML.NET's ConvertToOnnx is making.</summary>
/// <param name="context">ML.NET's OnnxContext, which is internal.</param>
internal sealed class OnnxConversion(object context)
{
    /// <summary>Adds a graph.</summary>
    /// <param name="graph">Its inputs and outputs have the names of columns.</param>
    /// <param name="schema">Has the output columns.</param>
    /// <exception cref="NotSupportedException">An input column comes from a step that ML.NET does not convert; the message names it.</exception>
    public void Add(OnnxGraph graph, DataViewSchema schema)
    {
        Dictionary<string, string> variables = graph.Inputs.ToDictionary(input => input.Name, input => VariableOf(input.Name));
        foreach (OnnxConstant constant in graph.Constants)
            variables[constant.Name] = AddConstant(constant, $"{graph.Name}.{constant.Name}");
        HashSet<string> outputs = [.. graph.Outputs.Select(output => output.Name)];
        foreach (OnnxOperator node in graph.Operators)
        {
            string[] inputs = [.. node.Inputs.Select(input => variables[input])];
            string output = outputs.Contains(node.Output) ? AddVariable(node.Output, schema[node.Output].Type)
                : AddVariable($"{graph.Name}.{node.Output}", type: null);
            variables[node.Output] = output;
            AddNode($"{graph.Name}.{node.Type}", node, inputs, output);
        }
    }

    private string VariableOf(string column)
    {
        if (!(bool)Call("ContainsColumn", (typeof(string), column))!)
        {
            throw new NotSupportedException($"Column '{column}' cannot be converted to ONNX: a step before is not convertible; "
                + "LoadImages, ResizeImages, ExtractPixels and CustomMapping are not. Give ConvertToOnnx the rest of the chain, with data that has the column; "
                + "or call ExportOnnx of the transformer that reads it.");
        }
        return (string)Call("GetVariableName", (typeof(string), column))!;
    }

    /// <summary>Declares what an operator gives: a column of a type, or a value within the graph.</summary>
    private string AddVariable(string name, DataViewType? type)
        => (string)Call("AddIntermediateVariable", (typeof(DataViewType), type), (typeof(string), name), (typeof(bool), type is null))!;

    private string AddConstant(OnnxConstant constant, string name) => (constant.Values, constant.Shape) switch
    {
        (long[] numbers, []) => AddInitializer((typeof(long), numbers[0]), (typeof(string), name)),
        (long[] numbers, _) => AddTensor(numbers, constant.Shape, name),
        (float[] numbers, _) => AddTensor(numbers, constant.Shape, name),
        _ => throw new ArgumentException($"Constants of type {constant.Values.GetType()} are not converted.", nameof(constant)),
    };

    private string AddTensor<T>(T[] values, long[] shape, string name)
        => AddInitializer((typeof(IEnumerable<T>), values), (typeof(IEnumerable<long>), shape), (typeof(string), name));

    private string AddInitializer(params IEnumerable<(Type, object?)> arguments) => (string)Call("AddInitializer", [.. arguments, (typeof(bool), true)])!;

    private void AddNode(string prefix, OnnxOperator node, string[] inputs, string output)
    {
        object name = Call("GetNodeName", (typeof(string), prefix))!;
        object added = Call("CreateNode", (typeof(string), node.Type), (typeof(IEnumerable<string>), inputs),
            (typeof(IEnumerable<string>), new[] { output }), (typeof(string), name), (typeof(string), ""))!;
        foreach ((string attribute, object value) in node.Attributes)
        {
            (Type, object?) argument = value switch
            {
                float number => (typeof(double), (double)number),
                long number => (typeof(long), number),
                long[] numbers => (typeof(IEnumerable<long>), numbers),
                _ => throw new ArgumentException($"Attributes of type {value.GetType()} are not converted.", nameof(node)),
            };
            MLNetInternals.CallOnnx("OnnxNode", added, "AddAttribute", (typeof(string), attribute), argument);
        }
    }

    private object? Call(string member, params (Type Type, object? Value)[] arguments)
        => MLNetInternals.CallOnnx("OnnxContext", context, member, arguments);
}
