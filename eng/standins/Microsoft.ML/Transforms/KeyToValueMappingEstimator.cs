using Microsoft.ML.Data;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys back into their values.</summary>
public sealed class KeyToValueMappingEstimator : IEstimator<KeyToValueMappingTransformer>
{
    private readonly string _output;
    private readonly string _input;

    internal KeyToValueMappingEstimator(string output, string input) => (_output, _input) = (output, input);

    public KeyToValueMappingTransformer Fit(IDataView input)
    {
        var transformer = new KeyToValueMappingTransformer(_output, _input);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column column = Shapes.Find(inputSchema, _input);
        if (!column.IsKey || !column.Annotations.TryFindColumn("KeyValues", out SchemaShape.Column values))
        {
            throw Shapes.Mismatch(column, "key type with KeyValues annotation");
        }
        return Shapes.With(inputSchema, new SchemaShape.Column(_output, column.Kind, values.ItemType, values.IsKey));
    }
}

/// <summary>Looks keys up; a missing key gives the default value, NaN for numbers that have one.</summary>
public sealed class KeyToValueMappingTransformer : ColumnTransformer
{
    private readonly string _output;
    private readonly string _input;

    internal KeyToValueMappingTransformer(string output, string input) => (_output, _input) = (output, input);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_output);
        writer.Write(_input);
    }

    private static KeyToValueMappingTransformer Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column column = Shapes.Find(input, _input);
        if (column.Type is not KeyDataViewType || column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType values)
        {
            throw Shapes.Mismatch(SchemaShape.ColumnOf(column.Name, column.Type, null), "key type with KeyValues annotation");
        }
        return new Mapping(input, column, new DataViewSchema.DetachedColumn(_output, values.ItemType));
    }

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn added) : ColumnMapping(input, [added])
    {
        private readonly Type _valueType = added.Type.RawType;

        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => [source];

        public override Delegate CreateGetter(int added, DataViewRow input) => TypeDispatch.Call<Delegate>(typeof(Mapping), this, nameof(Of), [_valueType], input);

        private Delegate Of<T>(DataViewRow input)
        {
            VBuffer<T> values = default;
            source.Annotations.GetValue("KeyValues", ref values);
            T[] dense = [.. values.DenseValues()];
            T missing = typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default!;
            Func<ulong> key = KeyReader.Create(input, source);
            return (ValueGetter<T>)((ref value) => value = key() is var number && number > 0 && number <= (ulong)dense.Length ? dense[number - 1] : missing);
        }
    }
}
