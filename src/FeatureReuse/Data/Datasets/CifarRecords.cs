using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace FeatureReuse;

/// <summary>Images and labels of open CIFAR files, by row, in any order. Safe for concurrent use until disposed.</summary>
public sealed class CifarRecords : IDisposable
{
    private readonly CifarFiles _source;
    private readonly SafeFileHandle[] _handles;

    internal CifarRecords(CifarFiles source)
    {
        _source = source;
        _handles = new SafeFileHandle[source.Files.Count];
        try
        {
            for (int i = 0; i < _handles.Length; i++)
                _handles[i] = File.OpenHandle(source.Files[i].FullName);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Reads the pixels of an image.</summary>
    /// <param name="row">0 to <see cref="CifarFiles.Count"/> - 1.</param>
    /// <param name="pixels">Receives the planes, [3, 32, 32].</param>
    /// <exception cref="InvalidDataException">The file has become shorter.</exception>
    public void ReadImage(long row, Span<byte> pixels)
    {
        if (pixels.Length != CifarFiles.Shape.Size)
        {
            throw new ArgumentException($"{nameof(pixels)} has {pixels.Length} bytes; an image of {CifarFiles.Shape} has {CifarFiles.Shape.Size}.", nameof(pixels));
        }
        Read(row, _source.Labels.Count, pixels);
    }

    /// <summary>Reads a label of an image.</summary>
    /// <param name="row">0 to <see cref="CifarFiles.Count"/> - 1.</param>
    /// <param name="number">Which of <see cref="CifarFiles.Labels"/>.</param>
    /// <returns>An index into that label's classes.</returns>
    /// <exception cref="InvalidDataException">The label is out of range: the file is foreign.</exception>
    public int ReadLabel(long row, int number)
    {
        byte label = 0;
        FileInfo file = Read(row, number, new Span<byte>(ref label));
        CifarLabel kind = _source.Labels[number];
        return label < kind.Classes.Count ? label
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{file.FullName}: row {row} has {kind.Name} {label}; it must be 0 to {kind.Classes.Count - 1}, so this is no CIFAR file of that kind."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeFileHandle? handle in _handles)
            handle?.Dispose();
    }

    private FileInfo Read(long row, int offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _source.Count);
        long record = row;
        int number = 0;
        while (record >= _source.Files[number].Length / _source.RecordSize)
            record -= _source.Files[number++].Length / _source.RecordSize;
        FileInfo file = _source.Files[number];
        int read = RandomAccess.Read(_handles[number], destination, record * _source.RecordSize + offset);
        return read == destination.Length ? file
            : throw new InvalidDataException($"{file.FullName} ends within row {row}; it has become shorter since it was opened.");
    }
}
