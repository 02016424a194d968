using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CifarFinetuning;

/// <summary>The CSV: rows that are there already are not run again, and each new one is appended as it ends.</summary>
internal sealed class ResultFile
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private readonly string _path;
    private readonly List<ResultRow> _rows = [];

    /// <exception cref="InvalidDataException">The file exists and is not one of these.</exception>
    public ResultFile(string path)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (IsNew)
        {
            return;
        }
        string text = File.ReadAllText(_path);
        string whole = text[..(text.LastIndexOf('\n') + 1)];
        try
        {
            using var reader = new CsvReader(new StringReader(whole), Format);
            _rows.AddRange(reader.GetRecords<ResultRow>());
        }
        catch (CsvHelperException failure)
        {
            throw new InvalidDataException($"{_path} is not a file of results of this program ({failure.Message.Split('\n')[0].Trim()}). Choose another --csv.", failure);
        }
        if (whole.Length < text.Length)
        {
            // A last line that was cut off, as when the disk was full; its run is repeated.
            File.WriteAllText(_path + ".part", whole);
            File.Move(_path + ".part", _path, overwrite: true);
        }
    }

    public string FullPath => _path;

    public ResultRow? Find(ResultRow run) => _rows.FirstOrDefault(run.IsSameRun);

    /// <summary>In one write, so that a line is there as a whole or not at all.</summary>
    public void Append(ResultRow row)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var writer = new CsvWriter(text, Format);
        if (IsNew)
        {
            writer.WriteHeader<ResultRow>();
            writer.NextRecord();
        }
        writer.WriteRecord(row);
        writer.NextRecord();
        writer.Flush();
        File.AppendAllText(_path, text.ToString());
        _rows.Add(row);
    }

    private bool IsNew => !File.Exists(_path) || new FileInfo(_path).Length == 0;
}
