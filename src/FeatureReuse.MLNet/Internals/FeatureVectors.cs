namespace FeatureReuse;

/// <summary>Reads columns of features, Vector&lt;Single&gt;, and the labels of regression.</summary>
internal static class FeatureVectors
{
    /// <summary>Finds the column of features.</summary>
    /// <param name="schema">The schema with the column.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="width">The number of features; null accepts any known number.</param>
    /// <exception cref="InvalidDataException">There is no such column, or it holds something else.</exception>
    public static DataViewSchema.Column Require(DataViewSchema schema, string name, int? width = null)
    {
        DataViewSchema.Column column = RequiredColumn.In(schema, name);
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
        {
            throw new InvalidDataException($"Column '{name}' is {column.Type}; features must be Vector<Single> of a known size, "
                + "as ml.Transforms.Concatenate makes them.");
        }
        return width is null || vector.Size == width ? column
            : throw new InvalidDataException($"Column '{name}' has {vector.Size} features; the model was trained on {width}.");
    }

    /// <summary>Reads the samples of a regression task.</summary>
    /// <exception cref="InvalidDataException">A column is missing or of another type, there is no row, or a value is not finite.</exception>
    public static RegressionSamples Read(IDataView data, string featureName, string labelName, CancellationToken cancellation)
    {
        DataViewSchema.Column features = Require(data.Schema, featureName);
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
        Func<ReadOnlySpan<float>> getFeatures = Getter(cursor, features), getLabels = Getter(cursor, labels);
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

    /// <summary>Creates a function that reads a vector or a number from the current row, dense; valid until the next call.</summary>
    public static Func<ReadOnlySpan<float>> Getter(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type == NumberDataViewType.Single)
        {
            ValueGetter<float> getNumber = row.GetGetter<float>(column);
            var number = new float[1];
            return () =>
            {
                getNumber(ref number[0]);
                return number;
            };
        }
        return DenseVectors.Open<float>(row, column);
    }

    /// <summary>Gets the names of the features: the column's slot names, or their numbers where it has none.</summary>
    public static string[] NamesOf(DataViewSchema.Column column)
    {
        int width = ((VectorDataViewType)column.Type).Size;
        if (!column.HasSlotNames())
            return [.. Enumerable.Range(0, width).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <exception cref="InvalidDataException">A value is not finite; the message names it.</exception>
    private static void RequireFinite(ReadOnlySpan<float> values, string column, long row)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                string place = values.Length > 1 ? $"value {i} of column '{column}'" : $"column '{column}'";
                throw new InvalidDataException($"Row {row}: {place} is {values[i]}; it must be finite.");
            }
        }
    }
}
