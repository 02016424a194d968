using System.Globalization;
using CsvHelper;

namespace Papers.Results;

/// <summary>Reads CSV files of published results.</summary>
internal static class PublishedFile
{
    /// <param name="path">The file.</param>
    /// <param name="content">Says in an error message what the file should hold.</param>
    /// <param name="parse">Reads a row.</param>
    /// <exception cref="InvalidDataException">The file has no rows, or other columns or values.</exception>
    public static T[] Read<T>(string path, string content, Func<CsvReader, T> parse)
    {
        using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        try
        {
            reader.Read();
            reader.ReadHeader();
            List<T> rows = [];
            while (reader.Read())
                rows.Add(parse(reader));
            return rows.Count > 0 ? [.. rows] : throw new InvalidDataException($"{path} has no rows of published {content}.");
        }
        catch (Exception failure) when (failure is CsvHelperException or FormatException)
        {
            string reason = $"line {reader.Parser.RawRow}: {failure.Message.Split('\n')[0].Trim()}";
            throw new InvalidDataException($"{path} is not a file of published {content} ({reason}).", failure);
        }
    }

    public static bool Has(this CsvReader reader, string column) => reader.HeaderRecord!.Contains(column);
}
