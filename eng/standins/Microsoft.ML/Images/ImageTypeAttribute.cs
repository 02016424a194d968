using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Marks a member that holds an image, and tells its size.</summary>
public sealed class ImageTypeAttribute : DataViewTypeAttribute
{
    public ImageTypeAttribute()
    {
    }

    public ImageTypeAttribute(int height, int width)
    {
        Checks.That(width > 0, nameof(width), "Should be positive number");
        Checks.That(height > 0, nameof(height), "Should be positive number");
        Height = height;
        Width = width;
    }

    internal int Height { get; }

    internal int Width { get; }

    public override bool Equals(DataViewTypeAttribute? other) => other is ImageTypeAttribute image && Height == image.Height && Width == image.Width;

    public override bool Equals(object? obj) => obj is DataViewTypeAttribute other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Height, Width);

    public override void Register() =>
        DataViewTypeManager.Register(Height == 0 ? new ImageDataViewType() : new ImageDataViewType(Height, Width), typeof(MLImage), this);
}
