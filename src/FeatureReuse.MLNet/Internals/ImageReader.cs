namespace FeatureReuse;

/// <summary>Reads images into memory in one pass of a cursor.</summary>
internal static class ImageReader
{
    private const int RowsBetweenChecks = 256;

    /// <exception cref="InvalidDataException">A row has no label or no image; the message names it.</exception>
    public static ImageStore Read(IDataView data, ImageColumn images, string labelName, ClassKeys classes, CancellationToken cancellation)
        => Read(data, images, data.Schema[labelName], classes.Names, cancellation);

    /// <summary>Reads images without labels.</summary>
    /// <exception cref="InvalidDataException">A row has no image; the message names it.</exception>
    public static ImageStore ReadUnlabelled(IDataView data, ImageColumn images, CancellationToken cancellation)
        => Read(data, images, label: null, ["image"], cancellation);

    private static ImageStore Read(
        IDataView data, ImageColumn images, DataViewSchema.Column? label, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var builder = new ImageStoreBuilder(images.Shape, images.PixelType, names);
        DataViewSchema.Column image = data.Schema[images.Name];
        using DataViewRowCursor cursor = data.GetRowCursor(label is { } labels ? [image, labels] : [image]);
        var getter = new ImageGetter(cursor, images, data);
        Func<ulong> getLabel = label is { } keys ? KeyReader.Open(cursor, keys) : () => 1;
        while (cursor.MoveNextOrExplain(data, images))
        {
            if (builder.Count % RowsBetweenChecks == 0)
                cancellation.ThrowIfCancellationRequested();
            ulong key = getLabel();
            if (key == 0 || key > (ulong)names.Count)
            {
                throw new InvalidDataException($"Row {cursor.Position}: the label in column '{label?.Name}' is missing. "
                    + $"Remove such rows, for example with ml.Data.FilterRowsByMissingValues(data, \"{label?.Name}\").");
            }
            ReadOnlySpan<byte> pixels = getter.Read();
            try
            {
                if (images.PixelType == PixelType.Byte)
                    builder.Add(pixels, (int)key - 1);
                else
                    builder.Add(MemoryMarshal.Cast<byte, float>(pixels), (int)key - 1);
            }
            catch (InvalidDataException failure)
            {
                throw new InvalidDataException($"Row {cursor.Position}, column '{images.Name}': {failure.Message}", failure);
            }
        }
        return builder.Build();
    }
}
