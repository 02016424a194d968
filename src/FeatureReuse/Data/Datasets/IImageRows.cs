namespace FeatureReuse;

/// <summary>Reads rows of an open data set. Safe for concurrent use until it is disposed.</summary>
internal interface IImageRows : IDisposable
{
    /// <summary>Reads the planes of an image, a byte for each value of the shape.</summary>
    void ReadImage(long row, Span<byte> pixels);

    /// <summary>Reads one of the labels of an image: an index into the classes of that label.</summary>
    int ReadLabel(long row, int label);
}
