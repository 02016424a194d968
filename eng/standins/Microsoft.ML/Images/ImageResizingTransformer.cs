using Microsoft.ML.Data;
using Microsoft.ML.Images;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Brings images to one size.</summary>
public sealed class ImageResizingTransformer : ColumnTransformer
{
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly ImageDataViewType _size;
    private readonly ImageResizingEstimator.ResizingKind _resizing;
    private readonly ImageResizingEstimator.Anchor _anchor;

    internal ImageResizingTransformer(
        string outputColumnName, string inputColumnName, ImageDataViewType size, ImageResizingEstimator.ResizingKind resizing, ImageResizingEstimator.Anchor anchor) =>
        (_outputColumnName, _inputColumnName, _size, _resizing, _anchor) = (outputColumnName, inputColumnName, size, resizing, anchor);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_outputColumnName);
        writer.Write(_inputColumnName);
        SavedSchema.WriteType(writer, _size);
        writer.Write((byte)_resizing);
        writer.Write((byte)_anchor);
    }

    private static ImageResizingTransformer Read(BinaryReader reader)
        => new(reader.ReadString(), reader.ReadString(), (ImageDataViewType)SavedSchema.ReadType(reader), (ImageResizingEstimator.ResizingKind)reader.ReadByte(), (ImageResizingEstimator.Anchor)reader.ReadByte());

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = ImageInput.Of(input, _inputColumnName);
        return new OneColumnMapping(input, source, new(_outputColumnName, _size), row => Resize(row, source));
    }

    private ValueGetter<MLImage> Resize(DataViewRow row, DataViewSchema.Column source)
    {
        ValueGetter<MLImage> read = row.GetGetter<MLImage>(source);
        MLImage original = null!;
        return (ref MLImage image) =>
        {
            image?.Dispose();
            read(ref original);
            if (original is null)
            {
                return;
            }
            if (original.Height == _size.Height && original.Width == _size.Width)
            {
                image = original;
                return;
            }
            image = ImageResizing.Resize(original, _size.Width, _size.Height, _resizing, _anchor);
            image.Tag = original.Tag;
        };
    }
}
