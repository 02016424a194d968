using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Transformers one after the other.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] _transformers;
    private readonly TransformerScope[] _scopes;
    private bool _disposed;

    public TransformerChain(params ITransformer[] transformers) : this(transformers, [.. transformers.Select(_ => TransformerScope.Everything)])
    {
    }

    internal TransformerChain(ITransformer[] transformers, TransformerScope[] scopes)
    {
        (_transformers, _scopes) = (transformers, scopes);
        LastTransformer = (TLastTransformer)transformers.LastOrDefault()!;
    }

    public TLastTransformer LastTransformer { get; }

    public bool IsRowToRowMapper => _transformers.All(transformer => transformer.IsRowToRowMapper);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _transformers.Aggregate(inputSchema, (schema, transformer) => transformer.GetOutputSchema(schema));

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _transformers.Aggregate(input, (data, transformer) => transformer.Transform(data));
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        if (!IsRowToRowMapper)
        {
            throw new InvalidOperationException("GetRowToRowMapper method called despite IsRowToRowMapper being false.");
        }
        List<IRowToRowMapper> mappers = [];
        DataViewSchema schema = inputSchema;
        foreach (ITransformer transformer in _transformers)
        {
            IRowToRowMapper mapper = transformer.GetRowToRowMapper(schema);
            mappers.Add(mapper);
            schema = mapper.OutputSchema;
        }
        return new ChainedRowToRowMapper(inputSchema, mappers);
    }

    public TransformerChain<TNewLast> Append<TNewLast>(TNewLast transformer, TransformerScope scope = TransformerScope.Everything) where TNewLast : class, ITransformer
        => new([.. _transformers, transformer], [.. _scopes, scope]);

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Like ML.NET: only what is used for scoring, and loaded as a chain of any transformers.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedByName.Save(ctx, typeof(TransformerChain<ITransformer>), writer =>
    {
        ITransformer[] kept = [.. _transformers.Where((_, i) => _scopes[i].HasFlag(TransformerScope.Scoring))];
        writer.Write(kept.Length);
        for (int i = 0; i < kept.Length; i++)
        {
            ctx.SaveModel(kept[i], $"Transform_{i:000}");
        }
    });

    private static TransformerChain<ITransformer> Read(IHostEnvironment environment, ModelLoadContext context)
        => new([.. Enumerable.Range(0, context.Reader.ReadInt32()).Select(i => context.LoadModel(environment, $"Transform_{i:000}"))]);

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        foreach (IDisposable transformer in _transformers.OfType<IDisposable>())
        {
            transformer.Dispose();
        }
    }
}
