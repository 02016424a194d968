using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Papers.Running;

/// <summary>A CSV file of results that grows line by line, with one line per run.</summary>
internal sealed class ResultFile<TRow> where TRow : class, IResult<TRow>
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private readonly ClassMap<TRow>? _columns;
    private readonly OrderedDictionary<TRow, TRow> _byJob = [];
    private readonly Lock _gate = new();

    /// <param name="path">The file; it is created with its folder where it does not exist.</param>
    /// <param name="columns">The columns, where attributes of the row do not name them.</param>
    /// <exception cref="InvalidDataException">The file exists and has other columns.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public ResultFile(string path, ClassMap<TRow>? columns = null)
    {
        FullPath = Path.GetFullPath(path);
        _columns = columns;
        Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
        // Fails before the first run rather than after it.
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
            foreach (TRow row in reader.GetRecords<TRow>())
                _byJob.TryAdd(row.Job, row);
        }
        catch (CsvHelperException failure)
        {
            string reason = failure.Message.Split('\n')[0].Trim();
            throw new InvalidDataException($"{FullPath} is not a file of results of this experiment ({reason}).", failure);
        }
        if (whole.Length < text.Length)
        {
            // The last line was cut off, for example by a full disk; its run is repeated.
            WholeFile.Write(FullPath, stream => stream.Write(Encoding.UTF8.GetBytes(whole)));
        }
    }

    public string FullPath { get; }

    public IReadOnlyList<TRow> Rows => [.. _byJob.Values];

    private bool IsNew => new FileInfo(FullPath).Length == 0;

    /// <summary>Opens a file that must exist.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static ResultFile<TRow> Open(string path, ClassMap<TRow>? columns = null) => File.Exists(path) ? new(path, columns)
        : throw new FileNotFoundException($"{path} does not exist; run the experiment first, and merge its files where it ran in shares.");

    /// <summary>Finds the row of a job that is done.</summary>
    public TRow? Find(TRow job)
    {
        lock (_gate)
            return _byJob.GetValueOrDefault(job.Job);
    }

    /// <summary>Adds the rows whose jobs are not in the file yet, in one write: each line is there as a whole or not at all.</summary>
    public void Append(params IEnumerable<TRow> rows)
    {
        lock (_gate)
        {
            TRow[] added = [.. rows.Where(row => _byJob.TryAdd(row.Job, row))];
            if (added.Length == 0)
                return;
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            using var writer = new CsvWriter(text, Format);
            Register(writer.Context);
            if (IsNew)
            {
                writer.WriteHeader<TRow>();
                writer.NextRecord();
            }
            foreach (TRow row in added)
            {
                writer.WriteRecord(row);
                writer.NextRecord();
            }
            writer.Flush();
            File.AppendAllText(FullPath, text.ToString());
        }
    }

    private void Register(CsvContext context)
    {
        if (_columns is not null)
            context.RegisterClassMap(_columns);
    }
}
