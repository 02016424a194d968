using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace FeatureReuse.Samples;

/// <summary>A CSV of results that grows line by line: rows that are there already are not run again, and each new one is appended as it ends.</summary>
internal sealed class CsvFile<TRow> where TRow : class
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private readonly ClassMap<TRow>? _columns;
    private readonly List<TRow> _rows = [];
    private readonly Lock _gate = new();

    /// <param name="path">Created with its folder at the first row.</param>
    /// <param name="columns">The columns, where the row's own attributes do not tell them.</param>
    /// <exception cref="InvalidDataException">The file exists and holds other columns.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public CsvFile(string path, ClassMap<TRow>? columns = null)
    {
        FullPath = Path.GetFullPath(path);
        _columns = columns;
        Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
        // Whether it can be written is found out now rather than after the first run.
        using (File.Open(FullPath, FileMode.OpenOrCreate, FileAccess.ReadWrite))
        {
        }
        if (IsNew)
            return;
        string text = File.ReadAllText(FullPath);
        string whole = text[..(text.LastIndexOf('\n') + 1)];
        try
        {
            using var reader = new CsvReader(new StringReader(whole), Format);
            Register(reader.Context);
            _rows.AddRange(reader.GetRecords<TRow>());
        }
        catch (CsvHelperException failure)
        {
            throw new InvalidDataException($"{FullPath} is not a file of results of this experiment ({failure.Message.Split('\n')[0].Trim()}). Choose another --csv.", failure);
        }
        if (whole.Length < text.Length)
        {
            // A last line that was cut off, as when the disk was full; its run is repeated.
            File.WriteAllText(FullPath + ".part", whole);
            File.Move(FullPath + ".part", FullPath, overwrite: true);
        }
    }

    public string FullPath { get; }

    public IReadOnlyList<TRow> Rows => _rows;

    /// <summary>In one write, so that a line is there as a whole or not at all.</summary>
    public void Append(params IReadOnlyList<TRow> rows)
    {
        if (rows.Count == 0)
            return;
        lock (_gate)
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            using var writer = new CsvWriter(text, Format);
            Register(writer.Context);
            if (IsNew)
            {
                writer.WriteHeader<TRow>();
                writer.NextRecord();
            }
            foreach (TRow row in rows)
            {
                writer.WriteRecord(row);
                writer.NextRecord();
            }
            writer.Flush();
            File.AppendAllText(FullPath, text.ToString());
            _rows.AddRange(rows);
        }
    }

    private bool IsNew => new FileInfo(FullPath).Length == 0;

    private void Register(CsvContext context)
    {
        if (_columns is not null)
            context.RegisterClassMap(_columns);
    }
}
