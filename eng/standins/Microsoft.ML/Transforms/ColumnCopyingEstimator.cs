using Microsoft.ML.Data;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms;

/// <summary>A column under another name.</summary>
public sealed class ColumnCopyingEstimator : IEstimator<ColumnCopyingTransformer>
{
    private readonly string _output;
    private readonly string _input;

    internal ColumnCopyingEstimator(string output, string input) => (_output, _input) = (output, input);

    public ColumnCopyingTransformer Fit(IDataView input)
    {
        var transformer = new ColumnCopyingTransformer(_output, _input);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shapes.With(inputSchema, Shapes.Named(_output, Shapes.Find(inputSchema, _input)));
}

/// <summary>A column under another name.</summary>
public sealed class ColumnCopyingTransformer : ColumnTransformer
{
    private readonly string _output;
    private readonly string _input;

    internal ColumnCopyingTransformer(string output, string input) => (_output, _input) = (output, input);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_output);
        writer.Write(_input);
    }

    private static ColumnCopyingTransformer Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column column = Shapes.Find(input, _input);
        return new Mapping(input, column, new DataViewSchema.DetachedColumn(_output, column.Type, column.Annotations));
    }

    private sealed class Mapping(DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn added) : ColumnMapping(input, [added])
    {
        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => [source];

        public override Delegate CreateGetter(int added, DataViewRow input) => TypeDispatch.Call<Delegate>(typeof(Mapping), this, nameof(Of), [source.Type.RawType], input);

        private Delegate Of<T>(DataViewRow input) => input.GetGetter<T>(source);
    }
}
