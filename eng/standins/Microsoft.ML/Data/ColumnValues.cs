using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>Values of one column, held row by row.</summary>
internal abstract class ColumnValues
{
    public static ColumnValues For(DataViewRow row, DataViewSchema.Column column)
        => column.Type is VectorDataViewType vector
            ? TypeDispatch.Call<ColumnValues>(typeof(ColumnValues), null, nameof(OfVectors), [vector.ItemType.RawType], row, column)
            : TypeDispatch.Call<ColumnValues>(typeof(ColumnValues), null, nameof(OfScalars), [column.Type.RawType], row, column);

    /// <summary>Keeps the row's current value under a number, which may have been used before.</summary>
    public abstract void Store(int place);

    /// <summary>Reads the value under the number that the function tells.</summary>
    public abstract Delegate CreateGetter(Func<int> place);

    private static Typed<T> OfScalars<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return new Typed<T>(getter, (in source, ref destination) => destination = source);
    }

    private static Typed<VBuffer<T>> OfVectors<T>(DataViewRow row, DataViewSchema.Column column)
        => new(row.GetGetter<VBuffer<T>>(column), (in source, ref destination) => source.CopyTo(ref destination));

    private delegate void Copy<T>(in T source, ref T destination);

    private sealed class Typed<T>(ValueGetter<T> read, Copy<T> copy) : ColumnValues
    {
        private readonly List<T> _values = [];
        private T _current = default!;

        public override void Store(int place)
        {
            read(ref _current);
            T kept = default!;
            copy(in _current, ref kept);
            if (place < _values.Count)
            {
                _values[place] = kept;
            }
            else
            {
                _values.Add(kept);
            }
        }

        public override Delegate CreateGetter(Func<int> place) => (ValueGetter<T>)((ref destination) =>
        {
            T value = _values[place()];
            copy(in value, ref destination);
        });
    }
}
