using Microsoft.ML.Evaluation;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Images;

/// <summary>An estimator that learns nothing: fitting only checks the input column.</summary>
public abstract class OneColumnEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : ColumnTransformer
{
    private readonly TTransformer _transformer;
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;

    private protected OneColumnEstimator(TTransformer transformer, string outputColumnName, string inputColumnName) =>
        (_transformer, _outputColumnName, _inputColumnName) = (transformer, outputColumnName, inputColumnName);

    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!inputSchema.TryFindColumn(_inputColumnName, out SchemaShape.Column input))
        {
            throw Checks.NotFound(nameof(inputSchema), "input", _inputColumnName);
        }
        if (!Accepts(input.ItemType) || input.Kind != SchemaShape.Column.VectorKind.Scalar)
        {
            throw Checks.Mismatch(nameof(inputSchema), "input", _inputColumnName, ExpectedType, input.GetTypeString());
        }
        return new SchemaShape([.. inputSchema.Where(column => column.Name != _outputColumnName), Promise(_outputColumnName, input)]);
    }

    private protected virtual string ExpectedType => "Image";

    private protected virtual bool Accepts(Data.DataViewType input) => input is Transforms.Image.ImageDataViewType;

    private protected abstract SchemaShape.Column Promise(string name, SchemaShape.Column input);
}
