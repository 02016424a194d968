using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>An exported network under ML.NET's own ONNX transformer, as the README shows it.</summary>
[TestClass]
public sealed class ReadmeOnnx
{
    private const int Photos = 5;

    [TestMethod]
    public void The_readme_shows_the_chain_that_runs() => ReadmeCode.RequireShown("ReadmeOnnx.cs", indent: "  ");

    [TestMethod]
    public void The_same_files_get_the_same_probabilities_and_features()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour, Count = 200, Seed = 1 });
        using NetworkTransformer network = ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows);
        ReadmeCode.InFolder(() =>
        {
            IDataView files = ml.Data.LoadFromEnumerable(WritePhotos());
            network.ExportOnnx("model.onnx");
            using TransformerChain<OnnxTransformer> chain = ChainOf(ml).Fit(files);
            IDataView scored = chain.Transform(files);
            IDataView own = ml.Transforms.CopyColumns("Image", "images").Fit(scored).Transform(scored);
            own = network.Transform(ml.FeatureReuse.ExtractFeatures(network, "Features").Fit(own).Transform(own));
            RequireClose(own, "Score", "probabilities");
            RequireClose(own, "Features", "features");
        });
    }

    private static EstimatorChain<OnnxTransformer> ChainOf(MLContext ml)
    {
        // README
        var chain = ml.Transforms.LoadImages("image", imageFolder: "photos", inputColumnName: "Path")
            .Append(ml.Transforms.ResizeImages("image", 32, 32))
            .Append(ml.Transforms.ExtractPixels("images", "image"))
            .Append(ml.Transforms.ApplyOnnxModel(["probabilities", "features"], ["images"], "model.onnx"));
        // README
        return chain;
    }

    private static void RequireClose(IDataView rows, string expectedColumn, string actualColumn)
    {
        float[] expected = rows.NumbersOf(expectedColumn);
        Assert.AreNotEqual(expected[0], expected[expected.Length / Photos], $"the files differ in {expectedColumn}");
        TensorAssert.AreClose(expected, rows.NumbersOf(actualColumn), rtol: 0, atol: 1e-4, actualColumn);
    }

    private static IEnumerable<Photo> WritePhotos()
    {
        const int Side = 40;
        Directory.CreateDirectory("photos");
        var random = new Random(1);
        return [.. Enumerable.Range(0, Photos).Select(i =>
        {
            var pixels = new byte[4 * Side * Side];
            random.NextBytes(pixels);
            using MLImage image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Rgba32, pixels);
            image.Save(Path.Combine("photos", $"{i}.png"));
            return new Photo { Path = $"{i}.png" };
        })];
    }

    private sealed class Photo
    {
        public string Path { get; set; } = "";
    }
}
