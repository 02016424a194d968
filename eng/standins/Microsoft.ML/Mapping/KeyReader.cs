namespace Microsoft.ML.Mapping;

/// <summary>Reads keys of any width as 64 bits; 0 is missing.</summary>
internal static class KeyReader
{
    public static Func<ulong> Create(DataViewRow row, DataViewSchema.Column column)
        => TypeDispatch.Call<Func<ulong>>(typeof(KeyReader), null, nameof(Of), [column.Type.RawType], row, column);

    private static Func<ulong> Of<T>(DataViewRow row, DataViewSchema.Column column) where T : IConvertible
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T key = default!;
        return () =>
        {
            getter(ref key);
            return key.ToUInt64(null);
        };
    }
}
