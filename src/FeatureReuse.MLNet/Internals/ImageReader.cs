namespace FeatureReuse;

/// <summary>Reads the images of a data view, and their labels, into memory in one pass. Without a label all have the same class.</summary>
/// <exception cref="InvalidDataException">A column is missing, or holds something else.</exception>
internal sealed class ImageReader(IDataView data, string imageName, ImageShape? shape, string? labelName = null)
{
    private const int RowsBetweenChecks = 256;

    private readonly ImageColumn _images = ImageColumn.From(Require.NotNull(data).Schema, imageName, shape);

    public ClassKeys Classes { get; }
        = labelName is null ? ClassKeys.From("Text", ["image"]) : ClassKeys.From(RequiredColumn.In(data.Schema, labelName));

    /// <exception cref="InvalidDataException">A row has no label or no image; the message names it.</exception>
    public ImageStore Read(CancellationToken cancellation)
    {
        var builder = new ImageStoreBuilder(_images.Shape, _images.PixelType, Classes.Names);
        DataViewSchema.Column image = data.Schema[imageName];
        DataViewSchema.Column? label = labelName is null ? null : data.Schema[labelName];
        using DataViewRowCursor cursor = data.GetRowCursor(label is null ? [image] : [image, label.Value]);
        var getter = new ImageGetter(cursor, _images, data);
        ValueGetter<ulong>? getLabel = label is { } keys ? ClassKeys.Open(cursor, keys) : null;
        ulong key = 1;
        while (ImageGetter.MoveNext(cursor, data, _images))
        {
            if (builder.Count % RowsBetweenChecks == 0)
                cancellation.ThrowIfCancellationRequested();
            getLabel?.Invoke(ref key);
            if (key == 0 || key > (ulong)Classes.Count)
            {
                throw new InvalidDataException($"Row {cursor.Position}: the label in column '{labelName}' is missing. "
                    + $"Remove such rows, for example with ml.Data.FilterRowsByMissingValues(data, \"{labelName}\").");
            }
            ReadOnlySpan<byte> pixels = getter.Read();
            try
            {
                if (_images.PixelType == PixelType.Byte)
                    builder.Add(pixels, (int)key - 1);
                else
                    builder.Add(MemoryMarshal.Cast<byte, float>(pixels), (int)key - 1);
            }
            catch (InvalidDataException failure)
            {
                throw new InvalidDataException($"Row {cursor.Position}, column '{imageName}': {failure.Message}", failure);
            }
        }
        return builder.Build();
    }
}
