using Microsoft.ML.Model.OnnxConverter;

namespace FeatureReuse;

/// <summary>Computes columns from one column, row by row. ML.NET's own transform puts them beside the columns of the input.</summary>
internal abstract class ColumnMapper(DataViewSchema.Column source, params DataViewSchema.DetachedColumn[] outputs) : IRowMapper, ISaveAsOnnx
{
    protected static MLContext Context { get; } = new();

    public DataViewSchema.Column Source => source;

    /// <summary>Makes the graph of the columns, whose inputs and outputs have the names of columns; null if there is none.</summary>
    protected virtual Func<OnnxGraph>? Graph => null;

    /// <summary>Prepares to compute the columns of a row or cursor; the result creates the getter of a column, by its number.</summary>
    protected abstract Func<int, Delegate> Open(DataViewRow row);

    public virtual IDataView Transform(IDataView input) => new RowToRowMapperTransform(Context, input, this, mapperFactory: null);

    public IRowToRowMapper MapRows(DataViewSchema input)
        => new RowToRowMapperTransform(Context, new EmptyDataView(Context, input), this, mapperFactory: null);

    public DataViewSchema.DetachedColumn[] GetOutputColumns() => outputs;

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
        => Enumerable.Range(0, outputs.Length).Any(activeOutput) ? column => column == source.Index : _ => false;

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action? disposer)
    {
        disposer = null;
        Func<int, Delegate>? create = null;
        return [.. outputs.Select((_, number) => activeOutput(number) ? (create ??= Open(input))(number) : null!)];
    }

    public bool CanSaveOnnx(OnnxContext ctx) => Graph is not null;
    public void SaveAsOnnx(OnnxContext ctx) => OnnxConversion.Add(ctx, Graph!(), outputs);

    public ITransformer GetTransformer() => throw new NotSupportedException("A row mapper has no transformer.");

    public void Save(ModelSaveContext ctx)
        => throw new NotSupportedException("A data view cannot be saved; save the transformer that made it.");
}
