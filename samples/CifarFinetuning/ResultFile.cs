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
        if (!File.Exists(_path))
        {
            return;
        }
        try
        {
            using var reader = new CsvReader(File.OpenText(_path), Format);
            _rows.AddRange(reader.GetRecords<ResultRow>());
        }
        catch (CsvHelperException failure)
        {
            throw new InvalidDataException($"{_path} is not a file of results of this program ({failure.Message.Split('\n')[0].Trim()}). Choose another --csv.", failure);
        }
    }

    public string FullPath => _path;

    public ResultRow? Find(ResultRow run) => _rows.FirstOrDefault(run.IsSameRun);

    public void Append(ResultRow row)
    {
        bool isNew = !File.Exists(_path);
        using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write);
        using var writer = new CsvWriter(new StreamWriter(stream), Format);
        if (isNew)
        {
            writer.WriteHeader<ResultRow>();
            writer.NextRecord();
        }
        writer.WriteRecord(row);
        writer.NextRecord();
        _rows.Add(row);
    }
}
