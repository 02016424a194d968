using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector of values, dense or sparse, whose arrays are used again where they fit.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _count;

    /// <summary>The logical length.</summary>
    public readonly int Length;

    public VBuffer(int length, T[] values, int[]? indices = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if ((values?.Length ?? 0) < length)
        {
            throw new ArgumentOutOfRangeException(nameof(values));
        }
        (Length, _values, _indices, _count) = (length, values, indices, length);
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        if (count < 0 || count > length || (values?.Length ?? 0) < count || (count < length && (indices?.Length ?? 0) < count))
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }
        (Length, _values, _indices, _count) = (length, values, indices, count);
    }

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyToDense(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default!)
    {
        Span<T> target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        target.Fill(defaultValue);
        for (int i = 0; i < _count; i++)
        {
            target[_indices![i]] = _values![i];
        }
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
        => all || IsDense
            ? DenseValues().Select((value, index) => KeyValuePair.Create(index, value))
            : Enumerable.Range(0, _count).Zip(_indices!, _values!).Select(item => KeyValuePair.Create(item.Second, item.Third));

    public IEnumerable<T> DenseValues()
    {
        var dense = new T[Length];
        CopyTo(dense);
        return dense;
    }

    public T GetItemOrDefault(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Length, nameof(index));
        if (IsDense)
        {
            return _values![index];
        }
        int place = Array.BinarySearch(_indices!, 0, _count, index);
        return place >= 0 ? _values![place] : default!;
    }

    public IEnumerator GetEnumerator() => DenseValues().GetEnumerator();

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal T[]? ValueArray => _values;

    internal int[]? IndexArray => _indices;
}
