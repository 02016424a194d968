namespace FeatureReuse;

/// <summary>Reads rows of an open data set. Safe for concurrent use until it is disposed.</summary>
internal interface IImageRows : IDisposable
{
    /// <summary>Reads the planes of an image.</summary>
    /// <param name="row">0 to <see cref="ILabelledImages.Count"/> - 1.</param>
    /// <param name="pixels">Receives one byte for each value of the shape.</param>
    void ReadImage(long row, Span<byte> pixels);

    /// <summary>Reads a label of an image.</summary>
    /// <param name="row">0 to <see cref="ILabelledImages.Count"/> - 1.</param>
    /// <param name="label">An index into <see cref="ILabelledImages.Labels"/>.</param>
    /// <returns>An index into the classes of that label.</returns>
    int ReadLabel(long row, int label);
}
