using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Internals;

/// <summary>Describes columns by texts, for comparison.</summary>
internal static class SchemaDescription
{
    /// <summary>Describes a column by its name, type and annotations.</summary>
    public static string Of(DataViewSchema.Column column)
    {
        IEnumerable<string> annotations = column.Annotations.Schema
            .Select(annotation => $"{annotation.Name}: {annotation.Type} = {ValueOf(column.Annotations, annotation)}");
        return $"{column.Name}: {column.Type} [{Sorted(annotations)}]";
    }

    public static string Sorted(IEnumerable<string> texts) => string.Join("; ", texts.Order(StringComparer.Ordinal));

    private static string ValueOf(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        if (annotation.Type is VectorDataViewType vector)
            return vector.ItemType is TextDataViewType ? Vector<ReadOnlyMemory<char>>() : Vector<int>();
        return annotation.Type is TextDataViewType ? Scalar<ReadOnlyMemory<char>>() : Scalar<uint>();

        string Vector<T>()
        {
            VBuffer<T> value = default;
            annotations.GetValue(annotation.Name, ref value);
            return string.Join(",", value.DenseValues());
        }

        string Scalar<T>()
        {
            T value = default!;
            annotations.GetValue(annotation.Name, ref value);
            return $"{value}";
        }
    }
}
