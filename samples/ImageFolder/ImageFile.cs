namespace ImageFolder;

/// <summary>An image file; the name of its folder is its class.</summary>
internal sealed class ImageFile
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];

    public string Path { get; set; } = "";

    public string Label { get; set; } = "";

    /// <summary>Finds the images of a folder that has one folder per class, in a fixed order.</summary>
    /// <exception cref="InvalidDataException">There are fewer than two classes with images.</exception>
    public static ImageFile[] FindAll(string folder)
    {
        ImageFile[] files = [.. from sub in Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
                                from file in Directory.GetFiles(sub).Order(StringComparer.Ordinal)
                                where Extensions.Contains(System.IO.Path.GetExtension(file).ToLowerInvariant())
                                select new ImageFile { Path = file, Label = System.IO.Path.GetFileName(sub) }];
        int classes = files.Select(file => file.Label).Distinct().Count();
        return classes >= 2 ? files : throw new InvalidDataException(
            $"{folder} has {files.Length} images ({string.Join(", ", Extensions)}) "
            + $"in {classes} folders; it needs one folder of images per class, and at least two classes.");
    }
}
