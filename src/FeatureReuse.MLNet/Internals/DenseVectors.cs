namespace FeatureReuse;

/// <summary>Reads vector columns.</summary>
internal static class DenseVectors
{
    /// <summary>Opens a column of vectors.</summary>
    /// <returns>Reads the values of the row that the cursor is on, zeros of sparse vectors included; valid until the next call.</returns>
    public static Func<ReadOnlySpan<T>> Open<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        VBuffer<T> dense = default;
        return () =>
        {
            get(ref value);
            if (value.IsDense)
                return value.GetValues();
            value.CopyToDense(ref dense);
            return dense.GetValues();
        };
    }

    /// <summary>Creates a getter that fills a vector of a fixed size.</summary>
    public static ValueGetter<VBuffer<T>> Getter<T>(int size, Action<Span<T>> fill) => (ref VBuffer<T> destination) =>
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, size);
        fill(editor.Values);
        destination = editor.Commit();
    };
}
