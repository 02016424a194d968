using Microsoft.ML.Data;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms;

/// <summary>x times a scale plus an offset, slot by slot, learnt from the data.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly string _output;
    private readonly string _input;
    private readonly long _maximumExampleCount;
    private readonly Func<SlotStatistics, (float Scale, float Offset)> _rule;

    internal NormalizingEstimator(string output, string input, long maximumExampleCount, Func<SlotStatistics, (float Scale, float Offset)> rule)
        => (_output, _input, _maximumExampleCount, _rule) = (output, input, maximumExampleCount, rule);

    public NormalizingTransformer Fit(IDataView input)
    {
        DataViewSchema.Column column = Shapes.Find(input.Schema, _input);
        bool vector = column.Type is VectorDataViewType { IsKnownSize: true } known && known.ItemType == NumberDataViewType.Single;
        if (!vector && column.Type != NumberDataViewType.Single)
        {
            throw Shapes.Mismatch(SchemaShape.ColumnOf(column.Name, column.Type, null), "Single or vector of Single of known size");
        }
        var slots = new SlotStatistics[vector ? ((VectorDataViewType)column.Type).Size : 1];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = new SlotStatistics();
        }
        IEnumerable<float[]> rows = vector ? input.GetColumn<float[]>(column) : input.GetColumn<float>(column).Select(value => new[] { value });
        long count = 0;
        foreach (float[] row in rows)
        {
            if (count++ >= _maximumExampleCount)
            {
                break;
            }
            for (int i = 0; i < slots.Length; i++)
            {
                slots[i].Add(row[i]);
            }
        }
        return new NormalizingTransformer(_output, _input, [.. slots.Select(_rule)]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column column = Shapes.Find(inputSchema, _input);
        var annotations = column.Annotations.Where(annotation => annotation.Name == "SlotNames")
            .Append(new SchemaShape.Column("IsNormalized", SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        return Shapes.With(inputSchema, new SchemaShape.Column(_output, column.Kind, column.ItemType, column.IsKey, new SchemaShape(annotations)));
    }
}

/// <summary>x times a scale plus an offset, slot by slot.</summary>
public sealed class NormalizingTransformer : ColumnTransformer
{
    private readonly string _output;
    private readonly string _input;
    private readonly (float Scale, float Offset)[] _slots;

    internal NormalizingTransformer(string output, string input, (float Scale, float Offset)[] slots) => (_output, _input, _slots) = (output, input, slots);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_output);
        writer.Write(_input);
        writer.Write([.. _slots.SelectMany(slot => new[] { slot.Scale, slot.Offset })]);
    }

    private static NormalizingTransformer Read(BinaryReader reader)
        => new(reader.ReadString(), reader.ReadString(), [.. reader.ReadSingles().Chunk(2).Select(slot => (slot[0], slot[1]))]);

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column column = Shapes.Find(input, _input);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(column.Annotations, kind => kind == "SlotNames");
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        return new Mapping(input, column, new DataViewSchema.DetachedColumn(_output, column.Type, annotations.ToAnnotations()), _slots);
    }

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn added, (float Scale, float Offset)[] slots) : ColumnMapping(input, [added])
    {
        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => [source];

        public override Delegate CreateGetter(int added, DataViewRow input)
        {
            if (source.Type is not VectorDataViewType)
            {
                ValueGetter<float> getScalar = input.GetGetter<float>(source);
                return (ValueGetter<float>)((ref value) =>
                {
                    getScalar(ref value);
                    value = (value + slots[0].Offset) * slots[0].Scale;
                });
            }
            ValueGetter<VBuffer<float>> getter = input.GetGetter<VBuffer<float>>(source);
            VBuffer<float> current = default;
            return (ValueGetter<VBuffer<float>>)((ref destination) =>
            {
                getter(ref current);
                VBufferEditor<float> editor = VBufferEditor.Create(ref destination, current.Length);
                current.CopyTo(editor.Values);
                for (int i = 0; i < slots.Length; i++)
                {
                    editor.Values[i] = (editor.Values[i] + slots[i].Offset) * slots[i].Scale;
                }
                destination = editor.Commit();
            });
        }
    }
}
