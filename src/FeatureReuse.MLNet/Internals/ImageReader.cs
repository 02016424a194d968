namespace FeatureReuse;

/// <summary>One pass of a cursor over the labelled images, into memory.</summary>
internal static class ImageReader
{
    private const int RowsBetweenChecks = 256;

    /// <exception cref="InvalidDataException">A row has no label or no image; the message names it.</exception>
    public static ImageStore Read(IDataView data, ImageColumn images, string labelName, ClassKeys classes, CancellationToken cancellation)
        => images.PixelType == PixelType.Byte
            ? Read<byte>(data, images, labelName, classes, (builder, pixels, label) => builder.Add(pixels, label), cancellation)
            : Read<float>(data, images, labelName, classes, (builder, pixels, label) => builder.Add(pixels, label), cancellation);

    /// <summary>The images alone.</summary>
    /// <exception cref="InvalidDataException">A row has no image; the message names it.</exception>
    public static ImageStore ReadUnlabelled(IDataView data, ImageColumn images, CancellationToken cancellation)
        => images.PixelType == PixelType.Byte
            ? Read<byte>(data, images, labelName: null, classes: null, (builder, pixels, label) => builder.Add(pixels, label), cancellation)
            : Read<float>(data, images, labelName: null, classes: null, (builder, pixels, label) => builder.Add(pixels, label), cancellation);

    private delegate void AddImage<T>(ImageStoreBuilder builder, ReadOnlySpan<T> pixels, int label);

    private static ImageStore Read<T>(IDataView data, ImageColumn images, string? labelName, ClassKeys? classes, AddImage<T> add, CancellationToken cancellation)
        where T : unmanaged
    {
        DataViewSchema.Column imageColumn = data.Schema[images.Name];
        DataViewSchema.Column? labelColumn = labelName is null ? null : data.Schema[labelName];
        IReadOnlyList<string> names = classes?.Names ?? ["image"];
        var builder = new ImageStoreBuilder(images.Shape, images.PixelType, names);
        using DataViewRowCursor cursor = data.GetRowCursor(labelColumn is { } column ? [imageColumn, column] : [imageColumn]);
        var image = new ImageGetter<T>(cursor, images, data);
        Func<ulong> getLabel = labelColumn is { } keys ? KeyReader.Open(cursor, keys) : () => 1;
        while (cursor.MoveNextOrExplain(data, images))
        {
            if (builder.Count % RowsBetweenChecks == 0)
                cancellation.ThrowIfCancellationRequested();
            ulong label = getLabel();
            if (label == 0 || label > (ulong)names.Count)
            {
                throw new InvalidDataException($"Row {cursor.Position}: the label in column '{labelName}' is missing. "
                    + $"Leave such rows out, for example with ml.Data.FilterRowsByMissingValues(data, \"{labelName}\").");
            }
            ReadOnlySpan<T> pixels = image.Read();
            try
            {
                add(builder, pixels, (int)label - 1);
            }
            catch (InvalidDataException failure)
            {
                throw new InvalidDataException($"Row {cursor.Position}, column '{images.Name}': {failure.Message}", failure);
            }
        }
        return builder.Build();
    }
}
