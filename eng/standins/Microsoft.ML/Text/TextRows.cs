using System.Collections;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Microsoft.ML.Data;

/// <summary>The lines of a file as objects, read anew by each enumeration.</summary>
internal sealed class TextRows<TRow>(string path, char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace) : IEnumerable<TRow> where TRow : class, new()
{
    private readonly Action<TRow, string[]>[] _setters = [.. MemberColumn.Of<TRow>().Select(Setter)];

    public IEnumerator<TRow> GetEnumerator()
    {
        var format = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            HasHeaderRecord = false,
            Mode = allowQuoting ? CsvMode.RFC4180 : CsvMode.NoEscape,
            TrimOptions = trimWhitespace ? TrimOptions.Trim : TrimOptions.None,
        };
        using var parser = new CsvParser(File.OpenText(path), format);
        if (hasHeader)
        {
            parser.Read();
        }
        while (parser.Read())
        {
            var row = new TRow();
            foreach (Action<TRow, string[]> set in _setters)
            {
                set(row, parser.Record!);
            }
            yield return row;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Action<TRow, string[]> Setter(MemberColumn member)
    {
        LoadColumnAttribute source = member.Source ?? throw new ArgumentOutOfRangeException(member.Name, $"Column '{member.Name}' is missing the LoadColumnAttribute");
        return Mapping.TypeDispatch.Call<Action<TRow, string[]>>(typeof(TextRows<TRow>), null, member.MemberType.IsArray ? nameof(Vectors) : nameof(Scalars),
            [MemberColumn.ItemTypeOf(member.MemberType) ?? member.MemberType], member, source);
    }

    private static Action<TRow, string[]> Scalars<T>(MemberColumn member, LoadColumnAttribute source)
    {
        Action<TRow, T> write = member.Writer<TRow, T>();
        return (row, fields) => write(row, Parse<T>(fields, source.Start));
    }

    private static Action<TRow, string[]> Vectors<T>(MemberColumn member, LoadColumnAttribute source)
    {
        Action<TRow, T[]> write = member.Writer<TRow, T[]>();
        return (row, fields) => write(row, [.. Enumerable.Range(source.Start, source.End - source.Start + 1).Select(field => Parse<T>(fields, field))]);
    }

    /// <summary>A field that is empty or not there is a default value; a number that cannot be read is missing.</summary>
    private static T Parse<T>(string[] fields, int index)
    {
        string text = index < fields.Length ? fields[index] : "";
        object value = typeof(T) == typeof(string) ? text
            : text.Length == 0 ? default(T)!
            : typeof(T) == typeof(bool) ? text is "1" || bool.Parse(text)
            : typeof(T) == typeof(float) ? float.TryParse(text, CultureInfo.InvariantCulture, out float number) ? number : float.NaN
            : Convert.ChangeType(text, typeof(T), CultureInfo.InvariantCulture);
        return (T)value;
    }
}
