using System.Numerics;

namespace FeatureReuse;

/// <summary>Reads key columns, which come in four widths.</summary>
internal static class KeyReader
{
    /// <summary>Opens a key column.</summary>
    /// <returns>Reads the key of the row that the cursor is on: 1 to the number of values, or 0 if it is missing.</returns>
    public static Func<ulong> Open(DataViewRow row, DataViewSchema.Column column) => Type.GetTypeCode(column.Type.RawType) switch
    {
        TypeCode.Byte => Open<byte>(row, column),
        TypeCode.UInt16 => Open<ushort>(row, column),
        TypeCode.UInt32 => Open<uint>(row, column),
        _ => Open<ulong>(row, column),
    };

    private static Func<ulong> Open<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T key = T.Zero;
        return () =>
        {
            getter(ref key);
            return ulong.CreateChecked(key);
        };
    }
}
