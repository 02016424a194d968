using Microsoft.ML.Evaluation;
using Microsoft.ML.Images;
using Microsoft.ML.Mapping;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>Reads the files that a text column names, as images or as bytes.</summary>
public sealed class ImageLoadingTransformer : ColumnTransformer
{
    public readonly string ImageFolder;
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly bool _decode;

    internal ImageLoadingTransformer(string? imageFolder, string outputColumnName, string inputColumnName, bool decode)
    {
        if (!string.IsNullOrEmpty(imageFolder) && !Directory.Exists(imageFolder))
        {
            throw new ArgumentException($"Directory \"{imageFolder}\" does not exist.");
        }
        ImageFolder = string.IsNullOrEmpty(imageFolder) ? null! : Path.GetFullPath(imageFolder);
        (_outputColumnName, _inputColumnName, _decode) = (outputColumnName, inputColumnName, decode);
    }

    private protected override void Write(BinaryWriter writer)
    {
        writer.Write(ImageFolder ?? "");
        writer.Write(_outputColumnName);
        writer.Write(_inputColumnName);
        writer.Write(_decode);
    }

    private static ImageLoadingTransformer Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadBoolean());

    private protected override ColumnMapping Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = input.GetColumnOrNull(_inputColumnName) ?? throw Checks.NotFound("inputSchema", "input", _inputColumnName);
        if (source.Type is not TextDataViewType)
        {
            throw Checks.Mismatch("inputSchema", "input", _inputColumnName, "String", source.Type.ToString()!);
        }
        DataViewType type = _decode ? new ImageDataViewType() : new VectorDataViewType(NumberDataViewType.Byte);
        return new OneColumnMapping(input, source, new(_outputColumnName, type), row => _decode ? ReadImages(row, source) : ReadBytes(row, source));
    }

    private ValueGetter<MLImage> ReadImages(DataViewRow row, DataViewSchema.Column source)
    {
        ValueGetter<ReadOnlyMemory<char>> readPath = row.GetGetter<ReadOnlyMemory<char>>(source);
        ReadOnlyMemory<char> path = default;
        return (ref MLImage image) =>
        {
            // The image of the row before.
            image?.Dispose();
            image = null!;
            readPath(ref path);
            if (!path.IsEmpty)
            {
                string file = FullPath(path);
                image = MLImage.CreateFromStream(new MemoryStream(File.ReadAllBytes(file)));
                image.Tag = file;
            }
        };
    }

    private ValueGetter<VBuffer<byte>> ReadBytes(DataViewRow row, DataViewSchema.Column source)
    {
        ValueGetter<ReadOnlyMemory<char>> readPath = row.GetGetter<ReadOnlyMemory<char>>(source);
        ReadOnlyMemory<char> path = default;
        return (ref VBuffer<byte> bytes) =>
        {
            readPath(ref path);
            byte[] content = path.IsEmpty ? [] : File.ReadAllBytes(FullPath(path));
            bytes = new VBuffer<byte>(content.Length, content);
        };
    }

    private string FullPath(ReadOnlyMemory<char> path) => string.IsNullOrWhiteSpace(ImageFolder) ? path.ToString() : Path.Combine(ImageFolder, path.ToString());
}
