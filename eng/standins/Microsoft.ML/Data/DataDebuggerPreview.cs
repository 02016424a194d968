using System.Collections.Immutable;
using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>The first rows, to look at.</summary>
public sealed class DataDebuggerPreview
{
    internal DataDebuggerPreview(IDataView data, int maxRows)
    {
        Schema = data.Schema;
        using DataViewRowCursor cursor = data.GetRowCursor(Schema);
        Func<object>[] readers = [.. Schema.Select(column => TypeDispatch.Call<Func<object>>(typeof(DataDebuggerPreview), null, nameof(Reader), [column.Type.RawType], cursor, column))];
        List<RowInfo> rows = [];
        while (rows.Count < maxRows && cursor.MoveNext())
        {
            rows.Add(new RowInfo([.. Schema.Zip(readers, (column, read) => KeyValuePair.Create(column.Name, read()))]));
        }
        RowView = [.. rows];
        ColumnView = [.. Schema.Select(column => new ColumnInfo(column, [.. rows.Select(row => row.Values[column.Index].Value)]))];
    }

    public DataViewSchema Schema { get; }

    public ImmutableArray<ColumnInfo> ColumnView { get; }

    public ImmutableArray<RowInfo> RowView { get; }

    public override string ToString() => $"{Schema.Count} columns, {RowView.Length} rows";

    private static Func<object> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return value!;
        };
    }

    /// <summary>One row.</summary>
    public sealed class RowInfo
    {
        internal RowInfo(KeyValuePair<string, object>[] values) => Values = values;

        public KeyValuePair<string, object>[] Values { get; }
    }

    /// <summary>One column.</summary>
    public sealed class ColumnInfo
    {
        internal ColumnInfo(DataViewSchema.Column column, object[] values) => (Column, Values) = (column, values);

        public DataViewSchema.Column Column { get; }

        public object[] Values { get; }
    }
}
