using Microsoft.ML.Model.OnnxConverter;

namespace FeatureReuse;

/// <summary>
/// Adds to a data view what ML.NET's ConvertToOnnx needs: it walks back from the last view while views implement an internal interface, and
/// takes the first that does not for the input.
/// </summary>
/// <param name="view">A view that adds columns to those of <paramref name="source"/>.</param>
/// <param name="source">The view that it reads from.</param>
/// <param name="toOnnx">Makes the graph of the added columns, whose inputs and outputs have the names of columns.</param>
internal sealed class ConvertibleDataView(IDataView view, IDataView source, Func<OnnxGraph> toOnnx) : ITransformCanSaveOnnx
{
    public IDataView Source => source;
    public DataViewSchema Schema => view.Schema;
    public bool CanShuffle => view.CanShuffle;
    public long? GetRowCount() => view.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => view.GetRowCursor(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => view.GetRowCursorSet(columnsNeeded, n, rand);

    public bool CanSaveOnnx(OnnxContext ctx) => true;
    public void SaveAsOnnx(OnnxContext ctx) => OnnxConversion.Add(ctx, toOnnx(), Schema);

    /// <exception cref="NotSupportedException">Always.</exception>
    public void Save(ModelSaveContext ctx)
        => throw new NotSupportedException("A data view cannot be saved; save the transformer that made it.");
}
