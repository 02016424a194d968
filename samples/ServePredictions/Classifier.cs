using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ServePredictions;

/// <summary>
/// Classifies images by one network that all threads share. A prediction engine is not thread-safe, so each concurrent request uses its
/// own; all share the weights.
/// </summary>
internal sealed class Classifier : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly NetworkTransformer _network;
    private readonly ITransformer _chain;
    private readonly ConcurrentBag<PredictionEngine<Upload, Scores>> _engines = [];

    private Classifier(NetworkTransformer network)
    {
        _network = network;
        ImageShape shape = network.Network.Input;
        IDataView empty = _ml.Data.LoadFromEnumerable(Array.Empty<Upload>());
        _chain = _ml.Transforms.ResizeImages("Image", shape.Width, shape.Height, resizing: ImageResizingEstimator.ResizingKind.IsoCrop)
            .Append(_ml.Transforms.ExtractPixels("Image", outputAsFloatArray: false)).Fit(empty).Append(network);
    }

    public IReadOnlyList<string> ClassNames => _network.ClassNames;

    public string Version => _network.Runs[^1].LibraryVersion;

    /// <summary>Loads a network that NetworkTransformer.Save wrote.</summary>
    public static Classifier Load(string path) => new(NetworkTransformer.Load(path));

    /// <summary>Trains a network on the colours of generated images, which takes some seconds.</summary>
    public static Classifier Demonstration()
    {
        Console.WriteLine("No --model is given; training one on generated images.");
        var ml = new MLContext(seed: 1);
        IDataView images = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour, Count = 1500 });
        var training = new TrainingOptions { LearningRate = .02, MaximumEpochs = 4 };
        return new(ml.FeatureReuse.Pretrain(new() { Architecture = NetworkArchitecture.SmallCnn, Training = training }).Fit(images));
    }

    /// <summary>Classifies a JPEG or PNG file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostPixels">The largest image to decode.</param>
    /// <param name="prediction">The result.</param>
    /// <param name="problem">What is wrong with the file.</param>
    public bool TryPredict(
        byte[] file, long mostPixels, [NotNullWhen(true)] out ClassPrediction? prediction, [NotNullWhen(false)] out string? problem)
    {
        prediction = null;
        if (!UploadedImage.TryDecode(file, mostPixels, out MLImage? image, out problem))
            return false;
        using (image)
        {
            PredictionEngine<Upload, Scores> engine = _engines.TryTake(out PredictionEngine<Upload, Scores>? idle) ? idle
                : _ml.Model.CreatePredictionEngine<Upload, Scores>(_chain, new PredictionEngineOptions { OwnsTransformer = false });
            float[] scores = engine.Predict(new Upload { Image = image }).Score;
            _engines.Add(engine);
            var probabilities = ClassNames.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second);
            prediction = new(ClassNames[Array.IndexOf(scores, scores.Max())], probabilities);
        }
        return true;
    }

    public void Dispose()
    {
        while (_engines.TryTake(out PredictionEngine<Upload, Scores>? engine))
            engine.Dispose();
        _network.Dispose();
    }

    private sealed class Upload
    {
        [AnyImage]
        public MLImage? Image { get; set; }
    }

    private sealed class Scores
    {
        public float[] Score { get; set; } = [];
    }
}
