using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>Rows for a golden model, images or vectors, and what the model made of them: the values of a column, row by row.</summary>
internal sealed record GoldenRows(float[][] Images, float[][] Vectors, IReadOnlyDictionary<string, float[][]> Outputs)
{
    private static readonly Dictionary<string, float[][]> None = [];

    public static GoldenRows OfImages(float[][] rows) => new(rows, [], None);

    public static GoldenRows OfVectors(float[][] rows) => new([], rows, None);

    public IDataView View(MLContext ml) => Images.Length > 0
        ? ml.Data.LoadFromEnumerable(Images.Select(values => new ImageRow { Pixels = values }))
        : ml.Data.LoadFromEnumerable(Vectors.Select(values => new VectorRow { Features = values }));

    public static float[][] Values(IDataView data, string column) => data.Schema[column].Type is VectorDataViewType
        ? [.. data.GetColumn<float[]>(column)]
        : [.. data.GetColumn<float>(column).Select(value => new[] { value })];

    private sealed class ImageRow
    {
        [VectorType(LabelledRow.Channels, LabelledRow.Side, LabelledRow.Side)]
        public float[] Pixels { get; set; } = [];
    }
}
