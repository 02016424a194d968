using Microsoft.ML.Data;
using Microsoft.ML.Images;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Takes the colours out of images.</summary>
public sealed class ImageGrayscalingTransformer : ColumnTransformer
{
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;

    internal ImageGrayscalingTransformer(string outputColumnName, string inputColumnName) => (_outputColumnName, _inputColumnName) = (outputColumnName, inputColumnName);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_outputColumnName);
        writer.Write(_inputColumnName);
    }

    private static ImageGrayscalingTransformer Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = ImageInput.Of(input, _inputColumnName);
        return new OneColumnMapping(input, source, new(_outputColumnName, source.Type), row => ToGray(row, source));
    }

    private static ValueGetter<MLImage> ToGray(DataViewRow row, DataViewSchema.Column source)
    {
        ValueGetter<MLImage> read = row.GetGetter<MLImage>(source);
        MLImage original = null!;
        return (ref MLImage image) =>
        {
            image?.Dispose();
            read(ref original);
            if (original is not null)
            {
                image = ImageResizing.ToGray(original);
                image.Tag = original.Tag;
            }
        };
    }
}
