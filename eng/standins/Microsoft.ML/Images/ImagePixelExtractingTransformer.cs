using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;
using Microsoft.ML.Images;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes vectors of numbers of images.</summary>
public sealed class ImagePixelExtractingTransformer : ColumnTransformer
{
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly PixelExtraction _extraction;

    internal ImagePixelExtractingTransformer(string outputColumnName, string inputColumnName, PixelExtraction extraction) =>
        (_outputColumnName, _inputColumnName, _extraction) = (outputColumnName, inputColumnName, extraction);

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(_outputColumnName);
        writer.Write(_inputColumnName);
        writer.Write((byte)_extraction.Colors);
        writer.Write((byte)_extraction.Order);
        writer.Write(_extraction.Interleave);
        writer.Write(_extraction.Offset);
        writer.Write(_extraction.Scale);
        writer.Write(_extraction.AsFloats);
    }

    private static ImagePixelExtractingTransformer Read(BinaryReader reader)
        => new(reader.ReadString(), reader.ReadString(), new((ImagePixelExtractingEstimator.ColorBits)reader.ReadByte(), (ImagePixelExtractingEstimator.ColorsOrder)reader.ReadByte(),
            reader.ReadBoolean(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadBoolean()));

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = ImageInput.Of(input, _inputColumnName);
        var image = (ImageDataViewType)source.Type;
        if (image.Height <= 0 || image.Width <= 0)
        {
            throw Checks.Mismatch("inputSchema", "input", _inputColumnName, "known-size image", "unknown-size image");
        }
        VectorDataViewType type = _extraction.TypeFor(image);
        return new OneColumnMapping(input, source, new(_outputColumnName, type), row => _extraction.AsFloats
            ? Extract<float>(row, source, type.Size, _extraction.Extract)
            : Extract<byte>(row, source, type.Size, _extraction.Extract));
    }

    private static ValueGetter<VBuffer<T>> Extract<T>(DataViewRow row, DataViewSchema.Column source, int size, Extraction<T> extract)
    {
        var type = (ImageDataViewType)source.Type;
        ValueGetter<MLImage> read = row.GetGetter<MLImage>(source);
        MLImage image = null!;
        return (ref VBuffer<T> pixels) =>
        {
            read(ref image);
            if (image is null)
            {
                pixels = new VBuffer<T>(size, 0, [], []);
                return;
            }
            if (image.Height != type.Height || image.Width != type.Width)
            {
                throw new InvalidOperationException($"Column '{source.Name}' is {type}, but holds an image of height {image.Height} and width {image.Width}.");
            }
            VBufferEditor<T> editor = VBufferEditor.Create(ref pixels, size);
            extract(image, editor.Values);
            pixels = editor.Commit();
        };
    }

    private delegate void Extraction<T>(MLImage image, Span<T> target);
}
