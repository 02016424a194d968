namespace FeatureReuse;

/// <summary>A data set of images of bytes that is read as it is needed, in any order.</summary>
internal interface ILabelledImages
{
    ImageShape Shape { get; }
    long Count { get; }

    /// <summary>Gets the labels that each image has: their names, and the names of their classes by label.</summary>
    IReadOnlyList<(string Name, IReadOnlyList<string> Classes)> Labels { get; }

    /// <summary>Opens the data set; several readers can read at the same time.</summary>
    IImageRows Open();
}
