namespace FeatureReuse;

/// <summary>Reads the image and the label column of a data view.</summary>
internal sealed class LabelledColumns
{
    private readonly IDataView _data;
    private readonly ImageColumn _images;
    private readonly string _labelName;

    /// <param name="data">The rows.</param>
    /// <param name="imageName">The image column.</param>
    /// <param name="shape">The shape of the images; null takes that of the column's type.</param>
    /// <param name="labelName">The label column.</param>
    /// <exception cref="InvalidDataException">A column is missing, or holds something else.</exception>
    public LabelledColumns(IDataView data, string imageName, ImageShape? shape, string labelName)
    {
        ArgumentNullException.ThrowIfNull(data);
        (_data, _images, _labelName) = (data, ImageColumn.From(data.Schema, imageName, shape), labelName);
        Classes = ClassKeys.From(RequiredColumn.In(data.Schema, labelName));
    }

    public ClassKeys Classes { get; }

    /// <summary>Reads all rows into memory.</summary>
    /// <exception cref="InvalidDataException">A row has no label or no image; the message names it.</exception>
    public ImageStore Read(CancellationToken cancellation) => ImageReader.Read(_data, _images, _labelName, Classes, cancellation);
}
