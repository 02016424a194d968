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
        _files = files;
        Labels = labels;
        foreach (FileInfo file in files)
        {
            if (file.Length == 0 || file.Length % RecordSize != 0)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{file.FullName} has {file.Length} bytes; it must hold one or more whole records of {RecordSize} bytes, ")
                    + $"so it is truncated or not a CIFAR-{(labels.Length == 2 ? 100 : 10)} file.");
            }
        }
        Count = files.Sum(file => file.Length / RecordSize);
    }

    public ImageShape Shape { get; } = new(3, 32, 32);

    public long Count { get; }

    /// <summary>Gets the labels, the finest first.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Classes)> Labels { get; }

    private int RecordSize => Labels.Count + Shape.Size;

    /// <summary>Finds CIFAR-100 in a folder, or in the folder below it that the authors' archive makes.</summary>
    /// <exception cref="FileNotFoundException">A file does not exist; the message names it.</exception>
    /// <exception cref="InvalidDataException">A file is truncated or not of CIFAR; the message says how.</exception>
    public static CifarFiles Find100(string folder, CifarSplit split)
    {
        string images = split == CifarSplit.Train ? "train.bin" : "test.bin";
        string home = Home(folder, "cifar-100-binary", images);
        string[] fine = ReadNames(home, "fine_label_names.txt", 100);
        string[] coarse = ReadNames(home, "coarse_label_names.txt", 20);
        return new([Existing(home, images)], [("FineLabel", fine), ("CoarseLabel", coarse)]);
    }

    /// <inheritdoc cref="Find100"/>
    public static CifarFiles Find10(string folder, CifarSplit split)
    {
        string[] images = split == CifarSplit.Test ? ["test_batch.bin"]
            : [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")];
        string home = Home(folder, "cifar-10-batches-bin", images[0]);
        string[] names = ReadNames(home, "batches.meta.txt", 10);
        return new([.. images.Select(name => Existing(home, name))], [("Label", names)]);
    }

    public IImageRows Open() => new Rows(this);

    private static string Home(string folder, string unpacked, string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new[] { folder, Path.Combine(folder, unpacked) }.FirstOrDefault(home => File.Exists(Path.Combine(home, file))) ?? folder;
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

    private sealed class Rows : IImageRows
    {
        private readonly CifarFiles _source;
        private readonly List<SafeFileHandle> _handles = [];

        public Rows(CifarFiles source)
        {
            _source = source;
            try
            {
                foreach (FileInfo file in source._files)
                    _handles.Add(File.OpenHandle(file.FullName));
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public void ReadImage(long row, Span<byte> pixels) => Read(row, _source.Labels.Count, pixels);

        public int ReadLabel(long row, int label)
        {
            byte value = 0;
            FileInfo file = Read(row, _source.Labels.Count - 1 - label, new Span<byte>(ref value));
            (string name, IReadOnlyList<string> classes) = _source.Labels[label];
            return value < classes.Count ? value : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{file.FullName}: row {row} has {name} {value}; it must be 0 to {classes.Count - 1}, so this is not such a CIFAR file."));
        }

        public void Dispose() => _handles.ForEach(handle => handle.Dispose());

        private FileInfo Read(long row, int offset, Span<byte> destination)
        {
            long record = row;
            int number = 0;
            while (record >= _source._files[number].Length / _source.RecordSize)
                record -= _source._files[number++].Length / _source.RecordSize;
            FileInfo file = _source._files[number];
            int read = RandomAccess.Read(_handles[number], destination, record * _source.RecordSize + offset);
            return read == destination.Length ? file
                : throw new InvalidDataException($"{file.FullName} ends within row {row}; it has become shorter since it was opened.");
        }
    }
}
