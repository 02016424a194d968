using Microsoft.ML.Images;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>Makes an <see cref="ImageLoadingTransformer"/>.</summary>
public sealed class ImageLoadingEstimator : OneColumnEstimator<ImageLoadingTransformer>
{
    private readonly bool _decode;

    internal ImageLoadingEstimator(string? imageFolder, string outputColumnName, string inputColumnName, bool decode)
        : base(new ImageLoadingTransformer(imageFolder, outputColumnName, inputColumnName, decode), outputColumnName, inputColumnName) => _decode = decode;

    private protected override string ExpectedType => "String";

    private protected override bool Accepts(DataViewType input) => input is TextDataViewType;

    private protected override SchemaShape.Column Promise(string name, SchemaShape.Column input) => _decode
        ? new(name, SchemaShape.Column.VectorKind.Scalar, new ImageDataViewType(), false)
        : new(name, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Byte, false);
}
