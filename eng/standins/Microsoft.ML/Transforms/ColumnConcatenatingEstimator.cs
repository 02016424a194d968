using Microsoft.ML.Data;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms;

/// <summary>Columns end to end as one vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ITransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(string output, string[] inputs) => (_output, _inputs) = (output, inputs);

    public ITransformer Fit(IDataView input)
    {
        var transformer = new ColumnConcatenatingTransformer(_output, _inputs);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column[] columns = [.. _inputs.Select(name => Shapes.Find(inputSchema, name))];
        foreach (SchemaShape.Column column in columns.Where(column => !column.ItemType.Equals(columns[0].ItemType)))
        {
            throw Shapes.Mismatch(column, columns[0].GetTypeString());
        }
        bool known = columns.All(column => column.Kind != SchemaShape.Column.VectorKind.VariableVector);
        var annotations = known ? new SchemaShape([new("SlotNames", SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false)]) : null;
        return Shapes.With(inputSchema, new SchemaShape.Column(_output, known ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector,
            columns[0].ItemType, columns[0].IsKey, annotations));
    }
}

/// <summary>Columns end to end as one vector.</summary>
internal sealed class ColumnConcatenatingTransformer(string output, string[] inputs) : ColumnTransformer
{
    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(output);
        writer.Write(inputs);
    }

    private static ColumnConcatenatingTransformer Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadStrings());

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column[] columns = [.. inputs.Select(name => Shapes.Find(input, name))];
        PrimitiveDataViewType item = ItemOf(columns[0]);
        foreach (DataViewSchema.Column column in columns)
        {
            if (!ItemOf(column).Equals(item))
            {
                throw new InvalidOperationException($"Schema mismatch for input column '{column.Name}': expected {item}, got {column.Type}");
            }
        }
        bool known = columns.All(column => column.Type is not VectorDataViewType { IsKnownSize: false });
        ReadOnlyMemory<char>[] names = known ? [.. columns.SelectMany(NamesOf)] : [];
        var annotations = new DataViewSchema.Annotations.Builder();
        if (known)
        {
            annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, names));
        }
        return new Mapping(input, columns, item, new DataViewSchema.DetachedColumn(output, new VectorDataViewType(item, names.Length), annotations.ToAnnotations()));
    }

    private static PrimitiveDataViewType ItemOf(DataViewSchema.Column column) => column.Type as PrimitiveDataViewType ?? ((VectorDataViewType)column.Type).ItemType;

    private static IEnumerable<ReadOnlyMemory<char>> NamesOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
        {
            return [column.Name.AsMemory()];
        }
        if (column.Annotations.Schema.GetColumnOrNull("SlotNames") is null)
        {
            return Enumerable.Repeat(ReadOnlyMemory<char>.Empty, vector.Size);
        }
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue("SlotNames", ref names);
        return [.. names.DenseValues().Select(name => name.IsEmpty ? name : $"{column.Name}.{name}".AsMemory())];
    }

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column[] sources, PrimitiveDataViewType item, DataViewSchema.DetachedColumn added) : ColumnMapping(input, [added])
    {
        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => sources;

        public override Delegate CreateGetter(int added, DataViewRow input) => TypeDispatch.Call<Delegate>(typeof(Mapping), this, nameof(Of), [item.RawType], input);

        private Delegate Of<T>(DataViewRow input)
        {
            ValueGetter<VBuffer<T>>[] getters = [.. sources.Select(source => source.Type is VectorDataViewType ? input.GetGetter<VBuffer<T>>(source) : Scalar(input.GetGetter<T>(source)))];
            var parts = new VBuffer<T>[getters.Length];
            return (ValueGetter<VBuffer<T>>)((ref destination) =>
            {
                for (int i = 0; i < parts.Length; i++)
                {
                    getters[i](ref parts[i]);
                }
                VBufferEditor<T> editor = VBufferEditor.Create(ref destination, parts.Sum(part => part.Length));
                int start = 0;
                foreach (VBuffer<T> part in parts)
                {
                    part.CopyTo(editor.Values.Slice(start, part.Length));
                    start += part.Length;
                }
                destination = editor.Commit();
            });
        }

        private static ValueGetter<VBuffer<T>> Scalar<T>(ValueGetter<T> getter) => (ref destination) =>
        {
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, 1);
            getter(ref editor.Values[0]);
            destination = editor.Commit();
        };
    }
}
