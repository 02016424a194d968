using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Images, of one size or of any.</summary>
public sealed class ImageDataViewType : StructuredDataViewType
{
    public readonly int Height;
    public readonly int Width;

    public ImageDataViewType()
        : base(typeof(MLImage))
    {
    }

    public ImageDataViewType(int height, int width)
        : base(typeof(MLImage))
    {
        Checks.That(height > 0, nameof(height), "Must be positive.");
        Checks.That(width > 0, nameof(width), " Must be positive.");
        Checks.That((long)height * width <= int.MaxValue / 4, nameof(height), "height * width is too large.");
        Height = height;
        Width = width;
    }

    public override bool Equals(DataViewType? other) => other is ImageDataViewType image && Height == image.Height && Width == image.Width;

    public override bool Equals(object? obj) => obj is DataViewType other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Height, Width);

    public override string ToString() => Height == 0 && Width == 0 ? "Image" : $"Image<{Height}, {Width}>";
}
