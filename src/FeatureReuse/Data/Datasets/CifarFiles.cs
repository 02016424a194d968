using Microsoft.Win32.SafeHandles;

namespace FeatureReuse;

/// <summary>
/// Reads CIFAR-10 or CIFAR-100 in the binary layout of its authors: records of one or two bytes of labels, the finest last, and 3072 bytes
/// of pixels (three planes of 32x32).
/// </summary>
internal sealed class CifarFiles : ILabelledImages
{
    private readonly FileInfo[] _files;

    private CifarFiles(FileInfo[] files, (string, IReadOnlyList<string>)[] labels)
    {
        (_files, Labels) = (files, labels);
        Count = files.Sum(file => file.Length / RecordSize);
        if (files.FirstOrDefault(file => file.Length == 0 || file.Length % RecordSize != 0) is { } damaged)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{damaged.FullName} has {damaged.Length} bytes; it must hold one or more whole records of {RecordSize} bytes, ")
                + $"so it is truncated or not a CIFAR-{(labels.Length == 2 ? 100 : 10)} file.");
        }
    }

    public ImageShape Shape { get; } = new(3, 32, 32);
    public long Count { get; }

    /// <summary>Gets the labels, the finest first.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Classes)> Labels { get; }

    /// <summary>Gets the files of images, in the order of their rows.</summary>
    public IReadOnlyList<FileInfo> Files => _files;

    private int RecordSize => Labels.Count + Shape.Size;

    /// <summary>Finds CIFAR-100 in a folder, or in the folder below it that the authors' archive makes.</summary>
    public static CifarFiles Find100(string folder, CifarSplit split) => Find(folder, "cifar-100-binary",
        [split == CifarSplit.Train ? "train.bin" : "test.bin"],
        ("FineLabel", "fine_label_names.txt", 100), ("CoarseLabel", "coarse_label_names.txt", 20));

    /// <inheritdoc cref="Find100"/>
    public static CifarFiles Find10(string folder, CifarSplit split) => Find(folder, "cifar-10-batches-bin",
        split == CifarSplit.Test ? ["test_batch.bin"] : [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")],
        ("Label", "batches.meta.txt", 10));

    public IImageRows Open() => new Rows(this);

    private static CifarFiles Find(string folder, string unpacked, string[] images, params (string Name, string File, int Count)[] labels)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string inner = Path.Combine(folder, unpacked);
        string home = !File.Exists(Path.Combine(folder, images[0])) && File.Exists(Path.Combine(inner, images[0])) ? inner : folder;
        (string, IReadOnlyList<string>)[] names =
            [.. labels.Select(label => (label.Name, (IReadOnlyList<string>)ReadNames(home, label.File, label.Count)))];
        return new([.. images.Select(name => Existing(home, name))], names);
    }

    private static FileInfo Existing(string home, string name)
    {
        var file = new FileInfo(Path.Combine(home, name));
        return file.Exists ? file : throw new FileNotFoundException(
            $"{file.FullName} does not exist; the folder must hold CIFAR in its binary layout (datasets/README.md tells how to get it).",
            file.FullName);
    }

    private static string[] ReadNames(string home, string file, int count)
    {
        string path = Existing(home, file).FullName;
        string[] names = [.. File.ReadLines(path).Take(10 * count).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return names.Length == count ? names
            : throw new InvalidDataException($"{path} names {names.Length} classes; there must be {count}, one a line.");
    }

    private sealed class Rows(CifarFiles source) : IImageRows
    {
        private readonly SafeFileHandle[] _handles = [.. source._files.Select(file => File.OpenHandle(file.FullName))];

        public void ReadImage(long row, Span<byte> pixels) => Read(row, source.Labels.Count, pixels);

        public int ReadLabel(long row, int label)
        {
            byte value = 0;
            FileInfo file = Read(row, source.Labels.Count - 1 - label, new Span<byte>(ref value));
            (string name, IReadOnlyList<string> classes) = source.Labels[label];
            return value < classes.Count ? value : throw new InvalidDataException(FormattableString.Invariant(
                $"{file.FullName}: row {row} has {name} {value}; it must be 0 to {classes.Count - 1}, so this is not such a CIFAR file."));
        }

        public void Dispose() => Array.ForEach(_handles, handle => handle.Dispose());

        private FileInfo Read(long row, int offset, Span<byte> destination)
        {
            long record = row;
            int number = 0;
            while (record >= source._files[number].Length / source.RecordSize)
                record -= source._files[number++].Length / source.RecordSize;
            FileInfo file = source._files[number];
            int read = RandomAccess.Read(_handles[number], destination, record * source.RecordSize + offset);
            return read == destination.Length ? file
                : throw new InvalidDataException($"{file.FullName} ends within row {row}; it was truncated after it was opened.");
        }
    }
}
