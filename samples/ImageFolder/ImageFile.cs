namespace ImageFolder;

/// <summary>An image file, and the name of the folder that it lies in as its class.</summary>
internal sealed class ImageFile
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];

    public string Path { get; set; } = "";

    public string Label { get; set; } = "";

    /// <summary>All images of a folder that has a folder for each class, in a fixed order.</summary>
    /// <exception cref="InvalidDataException">There are fewer than two classes with images.</exception>
    public static ImageFile[] In(string folder)
    {
        ImageFile[] files = [.. from sub in Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
                                from file in Directory.GetFiles(sub).Order(StringComparer.Ordinal)
                                where Extensions.Contains(System.IO.Path.GetExtension(file).ToLowerInvariant())
                                select new ImageFile { Path = System.IO.Path.GetFullPath(file), Label = System.IO.Path.GetFileName(sub) }];
        int classes = files.Select(file => file.Label).Distinct().Count();
        return classes >= 2 ? files
            : throw new InvalidDataException($"{System.IO.Path.GetFullPath(folder)} has {files.Length} images ({string.Join(", ", Extensions)}) in {classes} folders; it must have a folder of them for each of at least two classes.");
    }
}
