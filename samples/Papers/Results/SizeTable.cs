using Spectre.Console;

namespace Papers.Results;

/// <summary>Prints results with one line per setup and one column per size of the main task.</summary>
internal static class SizeTable
{
    /// <param name="title">The table's title.</param>
    /// <param name="columns">The headings of the labels.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="labels">Describes the setup of a run; runs with the same labels are in the same line.</param>
    /// <param name="size">Gets the number of training rows of a run.</param>
    /// <param name="cell">Summarises runs that differ only in their seed.</param>
    public static void Print<TRow>(
        string title,
        string[] columns,
        IReadOnlyList<TRow> rows,
        Func<TRow, string[]> labels,
        Func<TRow, int> size,
        Func<IEnumerable<TRow>, string> cell)
    {
        int[] sizes = [.. rows.Select(size).Distinct().Order()];
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)) }.Border(TableBorder.Rounded).AddColumns(columns);
        foreach (int count in sizes)
            table.AddColumn(new TableColumn($"n = {count}").RightAligned());
        foreach (var line in rows.GroupBy(row => string.Join('\t', labels(row))))
        {
            ILookup<int, TRow> bySize = line.ToLookup(size);
            IEnumerable<string> cells = sizes.Select(count => bySize.Contains(count) ? cell(bySize[count]) : "-");
            table.AddRow([.. line.Key.Split('\t').Select(Markup.Escape), .. cells]);
        }
        AnsiConsole.Write(table);
    }
}
