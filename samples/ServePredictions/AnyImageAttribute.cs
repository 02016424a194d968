using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ServePredictions;

/// <summary>Marks a column of images of any size. ML.NET's own [ImageType] takes one size, although ResizeImages accepts all.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AnyImageAttribute : DataViewTypeAttribute
{
    public override void Register() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage), this);

    public override bool Equals(DataViewTypeAttribute? other) => other is AnyImageAttribute;

    public override int GetHashCode() => typeof(AnyImageAttribute).GetHashCode();
}
