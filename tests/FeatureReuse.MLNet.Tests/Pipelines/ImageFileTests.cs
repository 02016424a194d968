using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>Image files listed in a text file, through ML.NET's own image steps, into a network and out as text.</summary>
[TestClass]
public sealed class ImageFileTests : IDisposable
{
    private const int Side = 20;
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    private sealed class ListedImage
    {
        [LoadColumn(0)]
        public string Path { get; set; } = "";

        [LoadColumn(1)]
        public string Label { get; set; } = "";
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("png", true)]
    [DataRow("jpg", false)]
    public void From_files_to_predictions(string extension, bool asFloats)
    {
        string list = WriteImages(40, extension);
        IDataView rows = _ml.Data.LoadFromTextFile<ListedImage>(list, separatorChar: ',', hasHeader: true);
        var pipeline = _ml.Transforms.LoadImages("Image", _folder.Path, "Path")
            .Append(_ml.Transforms.ResizeImages("Image", 16, 16))
            .Append(_ml.Transforms.ExtractPixels("Image", outputAsFloatArray: asFloats))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_ml.FeatureReuse.Pretrain(FastTraining.Pretraining))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using var model = pipeline.Fit(rows);
        Assert.IsGreaterThan(.9, _ml.MulticlassClassification.Evaluate(model.Transform(rows)).MicroAccuracy);
        using var engine = _ml.Model.CreatePredictionEngine<ListedImage, ScoredRow>(model,
            new PredictionEngineOptions { OwnsTransformer = false });
        Assert.AreEqual("red", engine.Predict(new ListedImage { Path = $"0.{extension}" }).PredictedLabel);
        Assert.AreEqual("blue", engine.Predict(new ListedImage { Path = $"1.{extension}" }).PredictedLabel);
    }

    [TestMethod]
    public void Pixels_arrive_as_planes_of_red_green_and_blue()
    {
        WriteImages(2, "png");
        IDataView rows = _ml.Data.LoadFromEnumerable(new[] { new ListedImage { Path = "0.png" }, new ListedImage { Path = "1.png" } });
        var steps = _ml.Transforms.LoadImages("Image", _folder.Path, "Path")
            .Append(_ml.Transforms.ResizeImages("Image", 4, 4, resizing: ImageResizingEstimator.ResizingKind.Fill));
        IDataView images = steps.Fit(rows).Transform(rows);
        byte[] red = Pixels<byte>(_ml.Transforms.ExtractPixels("Pixels", "Image", outputAsFloatArray: false))[0];
        Assert.HasCount(48, red);
        Assert.IsGreaterThan(red[16..].Max() + 50, red[..16].Min(), "red comes first");
        float[] floats = Pixels<float>(_ml.Transforms.ExtractPixels("Pixels", "Image"))[0];
        CollectionAssert.AreEqual(red.Select(value => (float)value).ToArray(), floats);
        float[] grey = Pixels<float>(_ml.Transforms.ConvertToGrayscale("Image").Append(_ml.Transforms.ExtractPixels("Pixels", "Image")))[0];
        CollectionAssert.AreEqual(grey[..16], grey[16..32]);
        CollectionAssert.AreEqual(grey[..16], grey[32..]);

        T[][] Pixels<T>(IEstimator<ITransformer> step) => [.. step.Fit(images).Transform(images).GetColumn<T[]>("Pixels")];
    }

    [TestMethod]
    public void A_file_that_is_no_image_is_named()
    {
        string list = WriteImages(12, "png");
        File.WriteAllText(_folder.PathOf("7.png"), "this is no image");
        IDataView rows = _ml.Data.LoadFromTextFile<ListedImage>(list, separatorChar: ',', hasHeader: true);
        var pipeline = _ml.Transforms.LoadImages("Image", _folder.Path, "Path").Append(_ml.Transforms.ResizeImages("Image", 16, 16))
            .Append(_ml.Transforms.ExtractPixels("Image"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_ml.FeatureReuse.Pretrain(FastTraining.Pretraining));
        InvalidDataException failure = Assert.ThrowsExactly<InvalidDataException>(() => pipeline.Fit(rows));
        StringAssert.Contains(failure.Message, "Row 7 (Path '7.png'");
        StringAssert.Contains(failure.Message, "column 'Image' could not be read");

        using var model = pipeline.Fit(_ml.Data.TakeRows(rows, 6));
        Failure.Requires<InvalidDataException>("Row 7 (Path '7.png'", () => model.Transform(rows).GetColumn<float[]>("Score").ToArray());
    }

    /// <summary>Reddish and bluish images in turn, and a list of them with a header.</summary>
    private string WriteImages(int count, string extension)
    {
        var random = new Random(1);
        List<string> lines = ["path,label"];
        for (int i = 0; i < count; i++)
        {
            bool isRed = i % 2 == 0;
            var pixels = new byte[4 * Side * Side];
            for (int p = 0; p < pixels.Length; p += 4)
            {
                pixels[p] = (byte)(random.Next(100) + (isRed ? 155 : 0));
                pixels[p + 1] = (byte)random.Next(100);
                pixels[p + 2] = (byte)(random.Next(100) + (isRed ? 0 : 155));
                pixels[p + 3] = 255;
            }
            using MLImage image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Rgba32, pixels);
            image.Save(_folder.PathOf($"{i}.{extension}"));
            lines.Add($"{i}.{extension},{(isRed ? "red" : "blue")}");
        }
        string list = _folder.PathOf("list.csv");
        File.WriteAllLines(list, lines);
        return list;
    }
}
