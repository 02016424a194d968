namespace FeatureReuse;

/// <summary>Describes a column of images: its name, their shape and the type of their pixels.</summary>
internal readonly record struct ImageColumn(string Name, ImageShape Shape, PixelType PixelType)
{
    public int BytesPerImage => Shape.Size * PixelType.Size;

    /// <summary>Reads the type of a column; if no shape is given, the type must have it.</summary>
    /// <exception cref="InvalidDataException">There is no such column, or it does not hold images of one known shape.</exception>
    public static ImageColumn From(DataViewSchema schema, string name, ImageShape? given)
    {
        DataViewSchema.Column column = RequiredColumn.In(schema, name);
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || PixelTypeOf(vector) is not { } pixelType)
        {
            throw new InvalidDataException($"Column '{name}' is {column.Type}; images must be Vector<Byte> or Vector<Single> of a known "
                + "size, as ml.Transforms.ExtractPixels and ml.FeatureReuse.LoadCifar100 give them.");
        }
        if (given is { } shape)
        {
            return shape.Size == vector.Size ? new(name, shape, pixelType) : throw new InvalidDataException(
                $"Column '{name}' is {vector} with {vector.Size} values a row; an image of {shape} has {shape.Size}.");
        }
        if (vector.Dimensions is not [int channels, int height, int width])
        {
            throw new InvalidDataException(
                $"Column '{name}' is {vector}, which does not tell channels, height and width. Give them in the option ImageShape.");
        }
        return channels is >= 1 and <= 16 ? new(name, new ImageShape(channels, height, width), pixelType)
            : throw new InvalidDataException($"Column '{name}' is {vector}: {channels} channels. "
                + "Images must be planes [channels, height, width]; leave interleavePixelColors of ExtractPixels at false.");
    }

    private static PixelType? PixelTypeOf(VectorDataViewType vector)
        => vector.ItemType == NumberDataViewType.Byte ? PixelType.Byte
            : vector.ItemType == NumberDataViewType.Single ? PixelType.Float32 : null;
}
