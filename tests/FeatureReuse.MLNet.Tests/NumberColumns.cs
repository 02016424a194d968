using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests;

/// <summary>Reads columns of numbers and of vectors.</summary>
internal static class NumberColumns
{
    /// <summary>Reads the numbers of a column, row after row.</summary>
    public static float[] NumbersOf(this IDataView data, string column = "Score") => data.Schema[column].Type is VectorDataViewType
        ? [.. data.GetColumn<float[]>(column).SelectMany(values => values)]
        : [.. data.GetColumn<float>(column)];
}
