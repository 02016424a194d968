using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests;

/// <summary>A small labelled image: each class is bright in a part of its values, under noise.</summary>
internal sealed class LabelledRow
{
    public const int Channels = 3;
    public const int Side = 8;

    [VectorType(Channels, Side, Side)]
    public byte[] Image { get; set; } = [];

    [VectorType(Channels, Side, Side)]
    public float[] Pixels { get; set; } = [];

    public string Label { get; set; } = "";

    public int Number { get; set; }

    public static LabelledRow[] Make(int count, int classes = 3, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row =>
        {
            int label = row % classes;
            byte[] image = [.. Enumerable.Range(0, Channels * Side * Side)
                .Select(i => (byte)(random.Next(120) + (i * classes / (Channels * Side * Side) == label ? 60 : 0)))];
            return new LabelledRow { Image = image, Pixels = [.. image.Select(value => (float)value)], Label = $"class {label}",
                Number = row };
        })];
    }

    public static IDataView View(MLContext ml, int count, int classes = 3, int seed = 1)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(Make(count, classes, seed));
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
    }
}
