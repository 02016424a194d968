using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>Gives every row a number in [0, 1) that depends on its identity, or on a key that keeps rows together.</summary>
internal sealed class RandomSplit(IDataView data, DataViewSchema.Column? samplingKey, ulong seed)
{
    public IDataView Within(double from, double to) => Filter(number => number >= from && number < to);

    public IDataView Outside(double from, double to) => Filter(number => number < from || number >= to);

    private FilteredDataView Filter(Func<double, bool> keep) => new(data, samplingKey is { } key ? [key] : [], row =>
    {
        Func<DataViewRowId> read = Identity(row);
        return () => keep(read().ToFraction(seed));
    });

    private Func<DataViewRowId> Identity(DataViewRow row)
    {
        if (samplingKey is { } key)
        {
            return TypeDispatch.Call<Func<DataViewRowId>>(typeof(RandomSplit), null, nameof(OfKey), [key.Type.RawType], row, key);
        }
        ValueGetter<DataViewRowId> getter = row.GetIdGetter();
        DataViewRowId id = default;
        return () =>
        {
            getter(ref id);
            return id;
        };
    }

    private static Func<DataViewRowId> OfKey<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            // A string's own hash code differs from process to process.
            string text = $"{value}";
            return new DataViewRowId(text.Aggregate(14695981039346656037, (hash, letter) => (hash ^ letter) * 1099511628211), 0);
        };
    }
}
