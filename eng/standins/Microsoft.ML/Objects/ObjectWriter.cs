using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>Writes columns of a row into an object.</summary>
internal sealed class ObjectWriter<TRow>
{
    private readonly List<Action<TRow>> _writers = [];

    public ObjectWriter(DataViewRow row, IEnumerable<MemberColumn> members)
    {
        foreach (MemberColumn member in members)
        {
            _writers.Add(Writer(row, row.Schema[member.Name], member));
        }
    }

    public void Write(TRow target)
    {
        foreach (Action<TRow> writer in _writers)
        {
            writer(target);
        }
    }

    private Action<TRow> Writer(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        Type type = member.MemberType;
        if (type == typeof(string) && column.Type is TextDataViewType)
        {
            ValueGetter<ReadOnlyMemory<char>> getter = row.GetGetter<ReadOnlyMemory<char>>(column);
            Action<TRow, string> write = member.Writer<TRow, string>();
            ReadOnlyMemory<char> text = default;
            return target =>
            {
                getter(ref text);
                write(target, text.ToString());
            };
        }
        if (type.IsArray && column.Type is VectorDataViewType vector && (vector.ItemType.RawType == type.GetElementType() || type == typeof(string[])))
        {
            return TypeDispatch.Call<Action<TRow>>(typeof(ObjectWriter<TRow>), this, type == typeof(string[]) ? nameof(TextVector) : nameof(Vector),
                [type == typeof(string[]) ? typeof(string) : type.GetElementType()!], row, column, member);
        }
        if (column.Type.RawType != type)
        {
            throw new InvalidOperationException($"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Name}' of type '{type.FullName}'.");
        }
        return TypeDispatch.Call<Action<TRow>>(typeof(ObjectWriter<TRow>), this, nameof(Scalar), [type], row, column, member);
    }

    private Action<TRow> Scalar<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        Action<TRow, T> write = member.Writer<TRow, T>();
        T value = default!;
        return target =>
        {
            getter(ref value);
            write(target, value);
        };
    }

    private Action<TRow> Vector<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        Action<TRow, T[]> write = member.Writer<TRow, T[]>();
        VBuffer<T> value = default;
        return target =>
        {
            getter(ref value);
            var items = new T[value.Length];
            value.CopyTo(items);
            write(target, items);
        };
    }

    private Action<TRow> TextVector<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        Action<TRow, string[]> write = member.Writer<TRow, string[]>();
        VBuffer<ReadOnlyMemory<char>> value = default;
        return target =>
        {
            getter(ref value);
            write(target, [.. value.DenseValues().Select(text => text.ToString())]);
        };
    }
}
