using Microsoft.ML.Data;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms;

/// <summary>Gives every value a number, by what occurs in the data.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly string _output;
    private readonly string _input;
    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _keyOrdinality;

    internal ValueToKeyMappingEstimator(string output, string input, int maximumNumberOfKeys, KeyOrdinality keyOrdinality)
        => (_output, _input, _maximumNumberOfKeys, _keyOrdinality) = (output, input, maximumNumberOfKeys, keyOrdinality);

    /// <summary>In which order keys are numbered.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        DataViewSchema.Column column = Shapes.Find(input.Schema, _input);
        if (column.Type is not PrimitiveDataViewType type)
        {
            throw Shapes.Mismatch(SchemaShape.ColumnOf(column.Name, column.Type, null), "scalar");
        }
        Array values = TypeDispatch.Call<Array>(typeof(ValueToKeyMappingEstimator), this, type is TextDataViewType ? nameof(Texts) : nameof(Values),
            [type is TextDataViewType ? typeof(string) : type.RawType], input, column);
        return new ValueToKeyMappingTransformer(_output, _input, type, values);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column column = Shapes.Find(inputSchema, _input);
        var values = new SchemaShape([new("KeyValues", SchemaShape.Column.VectorKind.Vector, column.ItemType, column.IsKey)]);
        return Shapes.With(inputSchema, new SchemaShape.Column(_output, column.Kind, NumberDataViewType.UInt32, true, values));
    }

    private T[] Values<T>(IDataView data, DataViewSchema.Column column) => Ordered(data.GetColumn<T>(column).Where(value => value is not (float.NaN or double.NaN)).Distinct(), Comparer<T>.Default);

    private ReadOnlyMemory<char>[] Texts<T>(IDataView data, DataViewSchema.Column column)
        => [.. Ordered(data.GetColumn<string>(column).Where(text => text.Length > 0).Distinct(), StringComparer.Ordinal).Select(text => text.AsMemory())];

    private T[] Ordered<T>(IEnumerable<T> values, IComparer<T> comparer)
    {
        IEnumerable<T> first = values.Take(_maximumNumberOfKeys);
        return [.. _keyOrdinality == KeyOrdinality.ByValue ? first.Order(comparer) : first];
    }
}

/// <summary>Looks values up; 0 for those never seen.</summary>
public sealed class ValueToKeyMappingTransformer : ColumnTransformer
{
    private readonly string _output;
    private readonly string _input;
    private readonly PrimitiveDataViewType _type;
    private readonly Array _values;

    internal ValueToKeyMappingTransformer(string output, string input, PrimitiveDataViewType type, Array values)
        => (_output, _input, _type, _values) = (output, input, type, values);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_output);
        writer.Write(_input);
        SavedSchema.WriteType(writer, _type);
        writer.Write([.. _values.Cast<object>().Select(SavedSchema.Text)]);
    }

    private static ValueToKeyMappingTransformer Read(BinaryReader reader)
    {
        string output = reader.ReadString();
        string input = reader.ReadString();
        var type = (PrimitiveDataViewType)SavedSchema.ReadType(reader);
        return new(output, input, type, TypeDispatch.Call<Array>(typeof(ValueToKeyMappingTransformer), null, nameof(Parsed), [type.RawType], (object)reader.ReadStrings()));
    }

    private static T[] Parsed<T>(string[] values) => [.. values.Select(SavedSchema.Value<T>)];

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column column = Shapes.Find(input, _input);
        if (!column.Type.Equals(_type))
        {
            throw new InvalidOperationException($"Schema mismatch for input column '{_input}': expected {_type}, got {column.Type}");
        }
        var annotations = new DataViewSchema.Annotations.Builder();
        if (_values.Length > 0)
        {
            annotations.Add("KeyValues", new VectorDataViewType(_type, _values.Length), TypeDispatch.Call<Delegate>(typeof(ValueToKeyMappingTransformer), this, nameof(ValuesGetter), [_type.RawType]));
        }
        var type = new KeyDataViewType(typeof(uint), _values.Length > 0 ? (ulong)_values.Length : uint.MaxValue);
        return new Mapping(input, column, new DataViewSchema.DetachedColumn(_output, type, annotations.ToAnnotations()), this);
    }

    private Delegate ValuesGetter<T>() => (ValueGetter<VBuffer<T>>)((ref values) => new VBuffer<T>(_values.Length, (T[])_values).CopyTo(ref values));

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn added, ValueToKeyMappingTransformer owner) : ColumnMapping(input, [added])
    {
        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => [source];

        public override Delegate CreateGetter(int added, DataViewRow input)
            => source.Type is TextDataViewType ? OfTexts(input) : TypeDispatch.Call<Delegate>(typeof(Mapping), this, nameof(OfValues), [source.Type.RawType], input);

        private ValueGetter<uint> OfTexts(DataViewRow input)
        {
            Dictionary<string, uint> keys = [];
            foreach (ReadOnlyMemory<char> text in (ReadOnlyMemory<char>[])owner._values)
            {
                keys.Add(text.ToString(), (uint)keys.Count + 1);
            }
            Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> lookup = keys.GetAlternateLookup<ReadOnlySpan<char>>();
            ValueGetter<ReadOnlyMemory<char>> getter = input.GetGetter<ReadOnlyMemory<char>>(source);
            ReadOnlyMemory<char> value = default;
            return (ref uint key) =>
            {
                getter(ref value);
                key = lookup.TryGetValue(value.Span, out uint found) ? found : 0;
            };
        }

        private ValueGetter<uint> OfValues<T>(DataViewRow input) where T : notnull
        {
            Dictionary<T, uint> keys = [];
            foreach (T value in (T[])owner._values)
            {
                keys.Add(value, (uint)keys.Count + 1);
            }
            ValueGetter<T> getter = input.GetGetter<T>(source);
            T current = default!;
            return (ref uint key) =>
            {
                getter(ref current);
                key = keys.GetValueOrDefault(current);
            };
        }
    }
}
