namespace FeatureReuse;

/// <summary>Reads vector columns, above all features, Vector&lt;Single&gt;, and the labels of regression.</summary>
internal static class Vectors
{
    /// <summary>Finds a column of features; no <paramref name="width"/> accepts any known number.</summary>
    /// <exception cref="InvalidDataException">There is no such column, or it holds something else.</exception>
    public static DataViewSchema.Column RequireFeatures(DataViewSchema schema, string name, int? width = null)
    {
        DataViewSchema.Column column = Require(schema, name, "features");
        int size = ((VectorDataViewType)column.Type).Size;
        return width is null || size == width ? column
            : throw new InvalidDataException($"Column '{name}' has {size} features; the model was trained on {width}.");
    }

    /// <summary>Finds a column of vectors, of which <paramref name="content"/> says what they hold.</summary>
    /// <exception cref="InvalidDataException">There is no such column, or it holds something else.</exception>
    public static DataViewSchema.Column Require(DataViewSchema schema, string name, string content)
    {
        DataViewSchema.Column column = RequiredColumn.In(schema, name);
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single ? column
            : throw new InvalidDataException($"Column '{name}' is {column.Type}; {content} must be Vector<Single> of a known size, "
                + "as ml.Transforms.Concatenate makes them.");
    }

    /// <summary>Reads the samples of a regression task.</summary>
    /// <exception cref="InvalidDataException">A column is missing or of another type, a value is not finite, or there are none.</exception>
    public static RegressionSamples Read(IDataView data, string featureName, string labelName, CancellationToken cancellation)
    {
        DataViewSchema.Column features = RequireFeatures(data.Schema, featureName);
        DataViewSchema.Column label = RequiredColumn.In(data.Schema, labelName);
        if (label.Type != NumberDataViewType.Single)
        {
            throw new InvalidDataException($"Column '{labelName}' is {label.Type}; the label must be Single. "
                + $"Put ml.Transforms.Conversion.ConvertType(\"{labelName}\") before the trainer.");
        }
        (List<float> inputs, List<float> labels) = ReadRows(data, features, label, requiresLabels: true, cancellation);
        int width = ((VectorDataViewType)features.Type).Size;
        return new RegressionSamples(width, CollectionsMarshal.AsSpan(inputs), CollectionsMarshal.AsSpan(labels));
    }

    /// <summary>Reads the features and labels of all rows, laid end to end; labels may be NaN where they are not required.</summary>
    /// <exception cref="InvalidDataException">There is no row, or a value is not finite.</exception>
    public static (List<float> Features, List<float> Labels) ReadRows(
        IDataView data, DataViewSchema.Column features, DataViewSchema.Column labels, bool requiresLabels, CancellationToken cancellation)
    {
        List<float> featureValues = [], labelValues = [];
        using DataViewRowCursor cursor = data.GetRowCursor([features, labels]);
        Func<ReadOnlySpan<float>> getFeatures = Open<float>(cursor, features), getLabels = Open<float>(cursor, labels);
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> row = getFeatures();
            RequireFinite(row, features.Name, cursor.Position);
            featureValues.AddRange(row);
            row = getLabels();
            if (requiresLabels)
                RequireFinite(row, labels.Name, cursor.Position);
            labelValues.AddRange(row);
        }
        return labelValues.Count > 0 ? (featureValues, labelValues) : throw new InvalidDataException("There are no rows to train on.");
    }

    /// <summary>Opens a column of vectors, zeros of sparse ones included, or of numbers; a span is valid until the next call.</summary>
    public static Func<ReadOnlySpan<T>> Open<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> getNumber = row.GetGetter<T>(column);
            var number = new T[1];
            return () =>
            {
                getNumber(ref number[0]);
                return number;
            };
        }
        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default, dense = default;
        return () =>
        {
            getVector(ref value);
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

    /// <summary>Gets the names of the features: the column's slot names, or their numbers where it has none.</summary>
    public static string[] NamesOf(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (!column.HasSlotNames())
            return [.. Enumerable.Range(0, ((VectorDataViewType)column.Type).Size).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static void RequireFinite(ReadOnlySpan<float> values, string column, long row)
    {
        if (values.IndexOfNonFinite() is var i and >= 0)
        {
            string place = values.Length > 1 ? $"value {i} of column '{column}'" : $"column '{column}'";
            throw new InvalidDataException($"Row {row}: {place} is {values[i]}; it must be finite.");
        }
    }
}
