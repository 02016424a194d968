using Microsoft.ML.Data;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms;

/// <summary>Columns by the caller's own code.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : IEstimator<CustomMappingTransformer<TSrc, TDst>> where TSrc : class, new() where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;

    internal CustomMappingEstimator(Action<TSrc, TDst> map) => _map = map;

    public CustomMappingTransformer<TSrc, TDst> Fit(IDataView input)
    {
        var transformer = new CustomMappingTransformer<TSrc, TDst>(_map);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => Shapes.With(inputSchema, [.. MemberColumn.Of<TDst>().Select(member => SchemaShape.ColumnOf(member.Name, member.Type, null))]);
}

/// <summary>Columns by the caller's own code.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ColumnTransformer where TSrc : class, new() where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;

    internal CustomMappingTransformer(Action<TSrc, TDst> map) => _map = map;

    private protected override ColumnMapping Bind(DataViewSchema input) => new Mapping(input, _map, MemberColumn.Of<TSrc>(), MemberColumn.Of<TDst>());

    private sealed class Mapping(DataViewSchema input, Action<TSrc, TDst> map, IReadOnlyList<MemberColumn> sources, IReadOnlyList<MemberColumn> results)
        : ColumnMapping(input, [.. results.Select(member => new DataViewSchema.DetachedColumn(member.Name, member.Type))])
    {
        public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => sources.Select(member => Shapes.Find(InputSchema, member.Name));

        public override Delegate CreateGetter(int added, DataViewRow input)
        {
            var source = new TSrc();
            var writer = new ObjectWriter<TSrc>(input, sources);
            long position = -1;
            TDst result = new();
            return new ObjectReader<TDst>(results, Current).Getter(added);

            TDst Current()
            {
                if (position != input.Position)
                {
                    writer.Write(source);
                    result = new TDst();
                    map(source, result);
                    position = input.Position;
                }
                return result;
            }
        }
    }
}
