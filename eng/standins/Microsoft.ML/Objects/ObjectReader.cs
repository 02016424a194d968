using Microsoft.ML.Mapping;

namespace Microsoft.ML.Data;

/// <summary>Reads columns from the object that is current.</summary>
internal sealed class ObjectReader<TRow>(IReadOnlyList<MemberColumn> members, Func<TRow> current)
{
    public Delegate Getter(int index)
    {
        MemberColumn member = members[index];
        if (member.MemberType == typeof(string))
        {
            Func<TRow, string?> read = member.Reader<TRow, string?>();
            return (ValueGetter<ReadOnlyMemory<char>>)((ref value) => value = read(current()).AsMemory());
        }
        if (member.MemberType.IsArray)
        {
            Type item = member.MemberType.GetElementType()!;
            return item == typeof(string)
                ? TextVector(member)
                : TypeDispatch.Call<Delegate>(typeof(ObjectReader<TRow>), this, nameof(Vector), [item], member);
        }
        return member.Type is KeyDataViewType key
            ? Key(member, key)
            : TypeDispatch.Call<Delegate>(typeof(ObjectReader<TRow>), this, nameof(Scalar), [member.MemberType], member);
    }

    private Delegate Scalar<T>(MemberColumn member)
    {
        Func<TRow, T> read = member.Reader<TRow, T>();
        return (ValueGetter<T>)((ref value) => value = read(current()));
    }

    /// <summary>Members count from 0, columns from 1; what is too large is missing.</summary>
    private Delegate Key(MemberColumn member, KeyDataViewType type)
    {
        if (member.MemberType == typeof(uint))
        {
            Func<TRow, uint> read = member.Reader<TRow, uint>();
            return (ValueGetter<uint>)((ref value) => value = read(current()) is var raw && raw < type.Count ? raw + 1 : 0);
        }
        if (member.MemberType == typeof(ulong))
        {
            Func<TRow, ulong> read = member.Reader<TRow, ulong>();
            return (ValueGetter<ulong>)((ref value) => value = read(current()) is var raw && raw < type.Count ? raw + 1 : 0);
        }
        if (member.MemberType == typeof(ushort))
        {
            Func<TRow, ushort> read = member.Reader<TRow, ushort>();
            return (ValueGetter<ushort>)((ref value) => value = read(current()) is var raw && raw < type.Count ? (ushort)(raw + 1) : (ushort)0);
        }
        Func<TRow, byte> readByte = member.Reader<TRow, byte>();
        return (ValueGetter<byte>)((ref value) => value = readByte(current()) is var raw && raw < type.Count ? (byte)(raw + 1) : (byte)0);
    }

    private Delegate Vector<T>(MemberColumn member)
    {
        Func<TRow, T[]?> read = member.Reader<TRow, T[]?>();
        return (ValueGetter<VBuffer<T>>)((ref destination) =>
        {
            T[] source = read(current()) ?? [];
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, source.Length);
            source.CopyTo(editor.Values);
            destination = editor.Commit();
        });
    }

    private Delegate TextVector(MemberColumn member)
    {
        Func<TRow, string?[]?> read = member.Reader<TRow, string?[]?>();
        return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref destination) =>
            destination = new(read(current())?.Length ?? 0, [.. (read(current()) ?? []).Select(text => text.AsMemory())]));
    }
}
