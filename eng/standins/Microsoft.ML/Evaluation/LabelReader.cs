using Microsoft.ML.Data;

namespace Microsoft.ML.Evaluation;

/// <summary>Reads labels of any allowed type as Single: keys become 0-based, missing keys NaN, true 1.</summary>
internal static class LabelReader
{
    public static ValueGetter<float> Open(DataViewRow row, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case NumberDataViewType number when number == NumberDataViewType.Single:
                return row.GetGetter<float>(column);
            case NumberDataViewType number when number == NumberDataViewType.Double:
                return Converted<double>(row, column, value => (float)value);
            case BooleanDataViewType:
                return Converted<bool>(row, column, value => value ? 1 : 0);
            case KeyDataViewType key when key.RawType == typeof(byte):
                return Converted<byte>(row, column, value => FromKey(value, key.Count));
            case KeyDataViewType key when key.RawType == typeof(ushort):
                return Converted<ushort>(row, column, value => FromKey(value, key.Count));
            case KeyDataViewType key when key.RawType == typeof(uint):
                return Converted<uint>(row, column, value => FromKey(value, key.Count));
            case KeyDataViewType key:
                return Converted<ulong>(row, column, value => FromKey(value, key.Count));
            default:
                throw new InvalidOperationException("Only floating point number, boolean, and key type values can be used as label.");
        }
    }

    private static float FromKey(ulong value, ulong count) => value > 0 && value <= count ? value - 1 : float.NaN;

    private static ValueGetter<float> Converted<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return (ref float label) =>
        {
            getter(ref value);
            label = convert(value);
        };
    }
}
