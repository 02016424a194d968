using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.MLNet.Tests.Scoring;

[TestClass]
public sealed class LargeImagesTests
{
    private const int Side = 1700;

    private static readonly NetworkArchitecture Averages = NetworkArchitecture.Create(nameof(Averages), new()
    {
        CreateModule = (_, logits) => nn.Sequential(
            ("body", nn.Sequential(nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(4, 4))), ("head", nn.Linear(4, logits))),
        LayerNames = ["body"],
        HeadName = "head",
    });

    /// <summary>256 images of 11.6 MB are more bytes than an int counts.</summary>
    [TestMethod]
    public void Images_of_many_megabytes_are_scored()
    {
        var ml = new MLContext(seed: 1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Image)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, Side, Side);
        Row[] rows = [.. Enumerable.Range(0, 12).Select(row => new Row { Image = Pixels(row), Label = $"class {row % 2}" })];
        IDataView data = ml.Data.LoadFromEnumerable(rows, schema);
        data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        using NetworkTransformer model = ml.FeatureReuse.Pretrain(
            new() { Architecture = Averages, Training = FastTraining.Options with { MaximumEpochs = 1 } }).Fit(data);
        float[][] batched = [.. model.Transform(data).GetColumn<float[]>("Score")];
        Assert.AreEqual(rows.Length, batched.Length);
        float[] last = model.Transform(ml.Data.SkipRows(data, rows.Length - 1)).GetColumn<float[]>("Score").Single();
        Assert.AreEqual(last[0], batched[^1][0], 1e-5, "the last row, which is in the second batch, scored alone");
    }

    private static float[] Pixels(int row)
    {
        var pixels = new float[Side * Side];
        Array.Fill(pixels, 20 * row);
        return pixels;
    }

    private sealed class Row
    {
        public float[] Image { get; set; } = [];
        public string Label { get; set; } = "";
    }
}
