using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>Reads one column as a sequence.</summary>
public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (column.Type.RawType == typeof(T))
        {
            return Values<T, T>(data, column, value => value);
        }
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
        {
            return Values<ReadOnlyMemory<char>, T>(data, column, text => (T)(object)text.ToString());
        }
        if (typeof(T).IsArray && column.Type is VectorDataViewType vector)
        {
            Type item = typeof(T).GetElementType()!;
            if (vector.ItemType.RawType == item)
            {
                return (IEnumerable<T>)TypeDispatch.Call<object>(typeof(ColumnCursorExtensions), null, nameof(Arrays), [item], data, column);
            }
            if (item == typeof(string) && vector.ItemType is TextDataViewType)
            {
                return Values<VBuffer<ReadOnlyMemory<char>>, T>(data, column, texts => (T)(object)texts.DenseValues().Select(text => text.ToString()).ToArray());
            }
        }
        throw new InvalidOperationException($"Could not map a data view column '{column.Name}' of type {column.Type} to {typeof(T)}.");
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column) => Values<VBuffer<T>, T[]>(data, column, vector =>
    {
        var values = new T[vector.Length];
        vector.CopyTo(values);
        return values;
    });

    private static IEnumerable<TResult> Values<TValue, TResult>(IDataView data, DataViewSchema.Column column, Func<TValue, TResult> convert)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<TValue> getter = cursor.GetGetter<TValue>(column);
        TValue value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return convert(value);
        }
    }
}
