namespace FeatureReuse;

/// <summary>Key columns come in four widths.</summary>
internal static class KeyReader
{
    /// <summary>Reads the key of the row that the cursor is on; 0 is missing.</summary>
    public static Func<ulong> Open(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = column.Type.RawType;
        if (type == typeof(uint))
            return Wrap<uint>(row, column, key => key);
        if (type == typeof(byte))
            return Wrap<byte>(row, column, key => key);
        if (type == typeof(ushort))
            return Wrap<ushort>(row, column, key => key);
        return Wrap<ulong>(row, column, key => key);
    }

    private static Func<ulong> Wrap<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen) where T : struct
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return widen(value);
        };
    }
}
