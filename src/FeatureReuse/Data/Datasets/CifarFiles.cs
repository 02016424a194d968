using System.Globalization;

namespace FeatureReuse;

/// <summary>
/// CIFAR-10 or CIFAR-100 in the binary layout of its authors: fixed-size records of one or two bytes of labels and 3072 bytes of pixels (three planes
/// of 32x32). Nothing but sizes and class names is read here; <see cref="Open"/> gives access to the records.
/// </summary>
public sealed class CifarFiles
{
    private readonly FileInfo[] _files;

    private CifarFiles(FileInfo[] files, CifarLabel[] labels)
    {
        _files = files;
        Labels = labels;
        foreach (FileInfo file in files)
        {
            if (file.Length == 0 || file.Length % RecordSize != 0)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{file.FullName} has {file.Length} bytes; it must hold one or more whole records of {RecordSize} bytes, so it is truncated or no CIFAR-{(labels.Length == 2 ? 100 : 10)} file."));
            }
            Count += file.Length / RecordSize;
        }
    }

    /// <summary>Three planes (red, green, blue) of 32x32 bytes.</summary>
    public static ImageShape Shape { get; } = new(3, 32, 32);

    /// <summary>The number of images.</summary>
    public long Count { get; }

    /// <summary>The labels of each image, in the order in which <see cref="CifarRecords.ReadLabel"/> numbers them.</summary>
    public IReadOnlyList<CifarLabel> Labels { get; }

    internal int RecordSize => Labels.Count + Shape.Size;

    internal IReadOnlyList<FileInfo> Files => _files;

    /// <summary>Finds CIFAR-100: FineLabel with 100 classes, CoarseLabel with 20.</summary>
    /// <param name="folder">The folder that holds train.bin, test.bin, fine_label_names.txt and coarse_label_names.txt, or the folder above it, where the archive was unpacked.</param>
    /// <param name="split">Which images.</param>
    /// <exception cref="FileNotFoundException">A file is not there; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or foreign; the message says how.</exception>
    public static CifarFiles Find100(string folder, CifarSplit split)
    {
        string images = split == CifarSplit.Train ? "train.bin" : "test.bin";
        string home = Home(folder, "cifar-100-binary", images);
        CifarLabel fine = new("FineLabel", ReadNames(home, "fine_label_names.txt", 100));
        CifarLabel coarse = new("CoarseLabel", ReadNames(home, "coarse_label_names.txt", 20));
        return new CifarFiles([Existing(home, images)], [coarse, fine]);
    }

    /// <summary>Finds CIFAR-10: Label with 10 classes.</summary>
    /// <param name="folder">The folder that holds data_batch_1.bin to data_batch_5.bin, test_batch.bin and batches.meta.txt, or the folder above it, where the archive was unpacked.</param>
    /// <param name="split">Which images.</param>
    /// <exception cref="FileNotFoundException">A file is not there; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or foreign; the message says how.</exception>
    public static CifarFiles Find10(string folder, CifarSplit split)
    {
        string[] images = split == CifarSplit.Train ? [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")] : ["test_batch.bin"];
        string home = Home(folder, "cifar-10-batches-bin", images[0]);
        CifarLabel label = new("Label", ReadNames(home, "batches.meta.txt", 10));
        return new CifarFiles([.. images.Select(name => Existing(home, name))], [label]);
    }

    /// <summary>Opens the files; many readers can read at the same time.</summary>
    /// <returns>To be disposed.</returns>
    public CifarRecords Open() => new(this);

    /// <summary>The folder itself or the one below it that the authors' archive makes.</summary>
    private static string Home(string folder, string unpacked, string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new[] { folder, Path.Combine(folder, unpacked) }.FirstOrDefault(home => File.Exists(Path.Combine(home, file))) ?? folder;
    }

    private static FileInfo Existing(string home, string name)
    {
        var file = new FileInfo(Path.Combine(home, name));
        return file.Exists ? file
            : throw new FileNotFoundException($"{file.FullName} does not exist; the folder must hold CIFAR in its binary layout (datasets/README.md tells how to get it).", file.FullName);
    }

    private static string[] ReadNames(string home, string file, int count)
    {
        string path = Existing(home, file).FullName;
        string[] names = [.. File.ReadLines(path).Take(10 * count).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return names.Length == count ? names
            : throw new InvalidDataException($"{path} names {names.Length} classes; there must be {count}, one a line.");
    }
}
