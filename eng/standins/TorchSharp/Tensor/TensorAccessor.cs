using System.Collections;
using TorchSharp.Interop;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor on the CPU, in the order of its dimensions whatever its strides are.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly long[] _shape;
    private readonly long[] _strides;
    private torch.Tensor? _tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _shape = tensor.shape;
        _strides = tensor.stride();
        _tensor = tensor;
    }

    public long Count => _tensor?.numel() ?? 0;

    public bool IsReadOnly => false;

    private torch.Tensor Tensor => _tensor ?? throw new ObjectDisposedException(GetType().Name);

    private unsafe T* Data => (T*)Tensor.DataPointer;

    public unsafe T this[params long[] indices]
    {
        get
        {
            T value = Data[Offset(indices)];
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            Data[Offset(indices)] = value;
            GC.KeepAlive(this);
        }
    }

    public T[] ToArray()
    {
        T[] array = new T[Count];
        if (array.Length > 0 || _shape.Length > 1)
        {
            CopyTo(array);
        }
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        int count = CommonCount(array.Length, arrayIndex, tensorIndex);
        if (Tensor.is_contiguous())
        {
            new ReadOnlySpan<T>(Data + tensorIndex, count).CopyTo(array[arrayIndex..]);
        }
        else
        {
            T* data = Data;
            for (int i = 0; i < count; i++)
            {
                array[arrayIndex + i] = data[Offset(tensorIndex + i)];
            }
        }
        GC.KeepAlive(this);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        int count = CommonCount(array.Length, arrayIndex, tensorIndex);
        if (Tensor.is_contiguous())
        {
            array.Slice(arrayIndex, count).CopyTo(new Span<T>(Data + tensorIndex, count));
        }
        else
        {
            T* data = Data;
            for (int i = 0; i < count; i++)
            {
                data[Offset(tensorIndex + i)] = array[arrayIndex + i];
            }
        }
        GC.KeepAlive(this);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _tensor = null;

    private int CommonCount(int length, int arrayIndex, long tensorIndex)
    {
        if (tensorIndex < 0 || tensorIndex >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(tensorIndex));
        }
        return (int)Math.Max(0, Math.Min(Count - tensorIndex, (long)length - arrayIndex));
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            return indices[0] < Count && indices[0] >= 0 ? Offset(indices[0]) : throw new IndexOutOfRangeException();
        }
        long offset = 0;
        for (int dim = 0; dim < _shape.Length; dim++)
        {
            if (indices[dim] < 0 || indices[dim] >= _shape[dim])
            {
                throw new IndexOutOfRangeException($"{indices[dim]} >= {_shape[dim]} in dimension {dim}.");
            }
            offset += indices[dim] * _strides[dim];
        }
        return offset;
    }

    /// <summary>Where the element lies that is at this place in the order of the dimensions.</summary>
    private long Offset(long place)
    {
        long offset = 0;
        for (int dim = _shape.Length - 1; dim >= 0; dim--)
        {
            (place, long index) = Math.DivRem(place, _shape[dim]);
            offset += index * _strides[dim];
        }
        return offset;
    }
}
