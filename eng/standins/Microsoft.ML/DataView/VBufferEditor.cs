namespace Microsoft.ML.Data;

/// <summary>Makes editors.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null,
        int maxValuesCapacity = int.MaxValue, bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        int count = valuesCount ?? newLogicalLength;
        bool sparse = count < newLogicalLength || requireIndicesOnDense;
        T[]? values = destination.ValueArray;
        int[]? indices = destination.IndexArray;
        bool newValues = count > 0 && (values?.Length ?? 0) < count;
        if (newValues)
        {
            T[] larger = new T[count];
            if (keepOldOnResize && values is not null)
            {
                Array.Copy(values, larger, values.Length);
            }
            values = larger;
        }
        bool newIndices = sparse && (indices?.Length ?? 0) < count;
        if (newIndices)
        {
            Array.Resize(ref indices, count);
        }
        return new VBufferEditor<T>(newLogicalLength, count, values ?? [], indices, sparse, newValues, newIndices);
    }
}

/// <summary>Writes a vector in place.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[]? _indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[]? indices, bool sparse, bool newValues, bool newIndices)
    {
        (_length, _values, _indices) = (length, values, indices);
        (CreatedNewValues, CreatedNewIndices) = (newValues, newIndices);
        Values = values.AsSpan(0, count);
        Indices = sparse ? indices.AsSpan(0, count) : default;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices!);
}
