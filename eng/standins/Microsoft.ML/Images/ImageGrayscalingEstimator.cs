using Microsoft.ML.Images;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes an <see cref="ImageGrayscalingTransformer"/>.</summary>
public sealed class ImageGrayscalingEstimator : OneColumnEstimator<ImageGrayscalingTransformer>
{
    internal ImageGrayscalingEstimator(string outputColumnName, string inputColumnName)
        : base(new(outputColumnName, inputColumnName), outputColumnName, inputColumnName)
    {
    }

    private protected override SchemaShape.Column Promise(string name, SchemaShape.Column input) => new(name, input.Kind, input.ItemType, input.IsKey, input.Annotations);
}
