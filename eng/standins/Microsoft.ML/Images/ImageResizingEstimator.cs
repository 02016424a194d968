using Microsoft.ML.Evaluation;
using Microsoft.ML.Images;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes an <see cref="ImageResizingTransformer"/>.</summary>
public sealed class ImageResizingEstimator : OneColumnEstimator<ImageResizingTransformer>
{
    private readonly ImageDataViewType _size;

    internal ImageResizingEstimator(string outputColumnName, int imageWidth, int imageHeight, string inputColumnName, ResizingKind resizing, Anchor cropAnchor)
        : base(new(outputColumnName, inputColumnName, Size(imageWidth, imageHeight), resizing, cropAnchor), outputColumnName, inputColumnName)
    {
        Checks.NotEmpty(outputColumnName, "name");
        Checks.That(Enum.IsDefined(resizing), nameof(resizing), $"{resizing} is no kind of resizing.");
        Checks.That(Enum.IsDefined(cropAnchor), "anchor", $"{cropAnchor} is no anchor.");
        _size = Size(imageWidth, imageHeight);
    }

    /// <summary>What becomes of the aspect ratio.</summary>
    public enum ResizingKind : byte
    {
        IsoPad = 0,
        IsoCrop = 1,
        Fill = 2,
    }

    /// <summary>The part that cropping keeps.</summary>
    public enum Anchor : byte
    {
        Right = 0,
        Left = 1,
        Top = 2,
        Bottom = 3,
        Center = 4,
    }

    private protected override SchemaShape.Column Promise(string name, SchemaShape.Column input) => new(name, SchemaShape.Column.VectorKind.Scalar, _size, false);

    private static ImageDataViewType Size(int imageWidth, int imageHeight)
    {
        Checks.That(imageWidth > 0, nameof(imageWidth), "Must be positive.");
        Checks.That(imageHeight > 0, nameof(imageHeight), "Must be positive.");
        return new ImageDataViewType(imageHeight, imageWidth);
    }
}
