using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>What mlContext.Model.Save and Load keep.</summary>
[TestClass]
public sealed class SavedModelTests : IDisposable
{
    private static readonly MLContext Ml = new(seed: 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Pixels to Image, a finetuned network, and the class as text.</summary>
    private static TransformerChain<ITransformer> DeepChain(out IDataView rows)
    {
        rows = LabelledRow.View(Ml, 40, classes: 2, seed: 2);
        using NetworkTransformer pretrained = FastTraining.Pretrained(Ml);
        IEstimator<ITransformer> finetune =
            Ml.FeatureReuse.Finetune(pretrained, new() { Rescaling = RescalingChoice.PaperFactors with { Folds = 2 }, Signatures = new(),
            Training = FastTraining.Options with { MaximumEpochs = 2 } });
        return new EstimatorChain<ITransformer>().Append((IEstimator<ITransformer>)Ml.Transforms.CopyColumns("Image", "Pixels"))
            .Append(finetune)
            .Append((IEstimator<ITransformer>)Ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
    }

    [TestMethod]
    public void A_deep_chain_comes_back_with_the_same_bits_and_all_that_is_known_of_it()
    {
        using TransformerChain<ITransformer> saved = DeepChain(out IDataView rows);
        using var stream = new MemoryStream();
        Ml.Model.Save(saved, rows.Schema, stream);
        var fresh = new MLContext();
        using var loaded = (TransformerChain<ITransformer>)fresh.Model.Load(stream, out DataViewSchema schema);

        CollectionAssert.AreEqual(rows.Schema.Select(column => $"{column.Name}: {column.Type}").ToArray(),
            schema.Select(column => $"{column.Name}: {column.Type}").ToArray());
        AssertSameScores(saved.Transform(rows), loaded.Transform(rows));
        CollectionAssert.AreEqual(saved.Transform(rows).GetColumn<string>("PredictedLabel").ToArray(),
            loaded.Transform(rows).GetColumn<string>("PredictedLabel").ToArray());
        NetworkTransformer before = saved.OfType<NetworkTransformer>().Single();
        NetworkTransformer after = loaded.OfType<NetworkTransformer>().Single();
        CollectionAssert.AreEqual(before.ClassNames.ToArray(), after.ClassNames.ToArray());
        Assert.AreEqual(before.LastTraining!.Rescaling, after.LastTraining!.Rescaling);
        CollectionAssert.AreEqual(before.LastTraining!.Candidates!.ToArray(), after.LastTraining!.Candidates!.ToArray());
        CollectionAssert.AreEqual(before.LastTraining!.Signatures!.ToArray(), after.LastTraining!.Signatures!.ToArray());
        Assert.AreEqual(before.LastTraining!.Options.LearningRate, after.LastTraining!.Options.LearningRate);
        Assert.AreEqual(before.Runs[^1].LibraryVersion, after.Runs[^1].LibraryVersion);
        Assert.AreEqual(before.LastTraining!.Seed, after.LastTraining!.Seed);
    }

    [TestMethod]
    public void A_loaded_model_evaluates_predicts_and_is_finetuned_further()
    {
        string path = _folder.PathOf("model.zip");
        var fresh = new MLContext(seed: 2);
        IDataView test = LabelledRow.View(fresh, 20, classes: 2, seed: 3);
        double LogLoss(ITransformer model) => fresh.MulticlassClassification.Evaluate(model.Transform(test)).LogLoss;
        double expected;
        using (TransformerChain<ITransformer> saved = DeepChain(out IDataView rows))
        {
            Ml.Model.Save(saved, rows.Schema, path);
            expected = LogLoss(saved);
        }
        using var loaded = (TransformerChain<ITransformer>)fresh.Model.Load(path, out _);
        Assert.AreEqual(expected, LogLoss(loaded));
        NetworkTransformer network = loaded.OfType<NetworkTransformer>().Single();
        using NetworkTransformer further = fresh.FeatureReuse.Finetune(network,
            new() { TaskName = "third", Training = FastTraining.Options })
            .Fit(LabelledRow.View(fresh, 60, classes: 3, seed: 4));
        Assert.AreEqual(network.Runs.Count + 1, further.Runs.Count);
        using var engine = fresh.Model.CreatePredictionEngine<LabelledRow, ScoredRow>(
            loaded, new PredictionEngineOptions { OwnsTransformer = false });
        LabelledRow row = LabelledRow.Make(1, classes: 2)[0];
        Assert.HasCount(2, engine.Predict(row).Score);
        StringAssert.StartsWith(engine.Predict(row).PredictedLabel, "class ");
    }

    /// <summary>Nothing is called before Load: the assembly's attribute is enough.</summary>
    [TestMethod]
    public void A_deep_model_loads_in_a_process_that_calls_nothing_of_this_library()
    {
        using TransformerChain<ITransformer> saved = DeepChain(out IDataView rows);
        string model = _folder.PathOf("model.zip");
        Ml.Model.Save(saved, rows.Schema, model);
        AssertScoredElsewhere(model, rows.GetColumn<float[]>("Pixels"), saved.Transform(rows).GetColumn<float[]>("Score"));
    }

    [TestMethod]
    public void A_shallow_model_loads_in_a_process_that_calls_nothing_of_this_library()
    {
        IDataView rows = VectorRows();
        var saved = Ml.Transforms.NormalizeMinMax("Features").Append(Ml.Regression.Trainers.TwoLayerRelu(Relu)).Fit(rows);
        string model = _folder.PathOf("model.zip");
        Ml.Model.Save(saved, rows.Schema, model);
        AssertScoredElsewhere(model, rows.GetColumn<float[]>("Features"),
            saved.Transform(rows).GetColumn<float>("Score").Select(score => new[] { score }));
    }

    [TestMethod]
    public void Shallow_models_come_back_as_they_were()
    {
        IDataView rows = VectorRows();
        DiagonalLinearTransformer pretrained = Ml.Regression.Trainers.DiagonalLinear(new() { Training = Descent }).Fit(rows);
        DiagonalLinearTransformer diagonal =
            Ml.Regression.Trainers.DiagonalLinear(new() { Pretrained = pretrained, Rescaling = .5, Training = Descent }).Fit(rows);
        DiagonalLinearTransformer loaded = Reloaded(diagonal);
        CollectionAssert.AreEqual(diagonal.Coefficients.ToArray(), loaded.Coefficients.ToArray());
        CollectionAssert.AreEqual(diagonal.FeatureNames.ToArray(), loaded.FeatureNames.ToArray());
        Assert.AreEqual(diagonal.Training, loaded.Training);
        Assert.AreEqual((.5, diagonal.Seed, diagonal.Version), (loaded.Options.Rescaling, loaded.Seed, loaded.Version));
        AssertSameScores(diagonal.Transform(rows), loaded.Transform(rows));
        // It can be what a further model starts from.
        Ml.Regression.Trainers.DiagonalLinear(new() { Pretrained = loaded, Training = Descent }).Fit(rows);

        TwoLayerReluTransformer relu = Ml.Regression.Trainers.TwoLayerRelu(Relu).Fit(rows);
        TwoLayerReluTransformer loadedRelu = Reloaded(relu);
        Assert.AreEqual(relu.PathNorm, loadedRelu.PathNorm);
        Assert.AreEqual(relu.Options.HiddenUnits, loadedRelu.Options.HiddenUnits);
        AssertSameScores(relu.Transform(rows), loadedRelu.Transform(rows));
        Ml.Regression.Trainers.TwoLayerRelu(Relu with { Pretrained = loadedRelu }).Fit(rows);

        string file = _folder.PathOf("relu.safetensors");
        relu.Save(file);
        AssertSameScores(relu.Transform(rows), TwoLayerReluTransformer.Load(file).Transform(rows));
    }

    [TestMethod]
    public void Learnt_features_come_back_as_they_were()
    {
        IDataView rows = VectorRows();
        LearnedFeaturesTransformer features = Ml.FeatureReuse.LearnFeatures(
            new() { Training = new() { Neurons = 12, Steps = 5, HeadSamples = 30, RepresentationSamples = 30 } }).Fit(rows);
        LearnedFeaturesTransformer loaded = Reloaded(features);
        Assert.AreEqual(features.Options.Training.Neurons, loaded.Options.Training.Neurons);
        float[] Values(LearnedFeaturesTransformer model) => model.Transform(rows).NumbersOf("LearnedFeatures");
        CollectionAssert.AreEqual(Values(features), Values(loaded));
    }

    [TestMethod]
    public void Extracted_features_come_back_with_their_network()
    {
        IDataView rows = LabelledRow.View(Ml, 20);
        var fresh = new MLContext();
        using var stream = new MemoryStream();
        float[] expected;
        using (NetworkTransformer network = FastTraining.Pretrained(Ml))
        {
            FeatureTransformer features = Ml.FeatureReuse.ExtractFeatures(network, layerName: "conv3").Fit(rows);
            expected = features.Transform(rows).NumbersOf("Features");
            Ml.Model.Save(features, rows.Schema, stream);
        }
        var loaded = (FeatureTransformer)fresh.Model.Load(stream, out _);
        CollectionAssert.AreEqual(expected, loaded.Transform(rows).NumbersOf("Features"));
        loaded.Dispose();
        loaded.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => loaded.Transform(rows));
    }

    /// <summary>
    /// Written by 0.1.0 with format version 1: pretrained with seed 1 on 64 generated images, finetuned on 32 with a chosen rescaling.
    /// </summary>
    [TestMethod]
    public void A_file_of_the_first_format_loads()
    {
        NetworkArchitecture golden = NetworkArchitecture.Create("Golden", new()
        {
            CreateModule = (shape, logits) => TorchSharp.torch.nn.Sequential(
                ("body", TorchSharp.torch.nn.Sequential(TorchSharp.torch.nn.Conv2d(3, 4, 5, stride: 4), TorchSharp.torch.nn.BatchNorm2d(4),
                    TorchSharp.torch.nn.ReLU(), TorchSharp.torch.nn.Flatten())),
                ("head", TorchSharp.torch.nn.Linear(4 * 7 * 7, logits))),
            LayerNames = ["body"],
            HeadName = "head",
        });
        using NetworkTransformer loaded = NetworkTransformer.Load(
            Repository.PathOf("tests", "FeatureReuse.MLNet.Tests", "Files", "Goldens", "version1.safetensors"), architectures: golden);
        CollectionAssert.AreEqual(new[] { "disc", "cross" }, loaded.ClassNames.ToArray());
        Assert.AreEqual(.125f, loaded.LastTraining!.Rescaling.Factor);
        Assert.HasCount(5, loaded.LastTraining!.Candidates!);
        IDataView test = Ml.FeatureReuse.GenerateImages(new() { Count = 4, Seed = 3, Features = VisualFeatures.Shape, Levels = 2 });
        float[] first = [.. loaded.Transform(test).GetColumn<float[]>("Score").Select(scores => scores[0])];
        // As the saved model gave them, perhaps on another libtorch.
        TensorAssert.AreClose([.5006411f, .5006198f, .50050724f, .50068873f], first, rtol: 0, atol: 1e-6, "probabilities");
    }

    /// <summary>
    /// Loading takes place in an environment that ML.NET derives from the MLContext: what is added to the one is found in the other.
    /// </summary>
    [TestMethod]
    public void A_custom_architecture_is_found_where_it_was_added()
    {
        NetworkArchitecture custom = LinearNetwork.Create("Added");
        IDataView rows = LabelledRow.View(Ml, 20);
        string path = _folder.PathOf("model.zip");
        float[] expected;
        using (var saved = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining with { Architecture = custom })
            .Append(Ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows))
        {
            expected = saved.Transform(rows).NumbersOf();
            Ml.Model.Save(saved, rows.Schema, path);
        }
        var other = new MLContext();
        string message = Assert.Throws<Exception>(() => other.Model.Load(path, out _)).ToString();
        StringAssert.Contains(message, "its architecture 'Added' is not among ResNet18, ResNet18CifarStem, SmallCnn, ViT");
        StringAssert.Contains(message, "mlContext.FeatureReuse.AddArchitecture");

        other.FeatureReuse.AddArchitecture(custom);
        other.FeatureReuse.AddArchitecture(custom);
        using var loaded = (TransformerChain<ITransformer>)other.Model.Load(path, out _);
        CollectionAssert.AreEqual(expected, loaded.Transform(rows).NumbersOf());
        Assert.Throws<Exception>(() => new MLContext().Model.Load(path, out _), "contexts keep their architectures to themselves");
        Failure.Requires<ArgumentException>("2 architectures are called 'Added'",
            () => other.FeatureReuse.AddArchitecture(LinearNetwork.Create("Added")));
    }

    [TestMethod]
    public void A_damaged_model_says_what_is_wrong()
    {
        using TransformerChain<ITransformer> saved = DeepChain(out IDataView rows);
        string path = _folder.PathOf("model.zip");
        Ml.Model.Save(saved, rows.Schema, path);
        using (System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.Open(path,
            System.IO.Compression.ZipArchiveMode.Update))
        {
            System.IO.Compression.ZipArchiveEntry entry = archive.Entries.Single(entry => entry.Name == "model.safetensors");
            using Stream content = entry.Open();
            content.SetLength(content.Length - 5);
        }
        Exception failure = Assert.Throws<Exception>(() => new MLContext().Model.Load(path, out _));
        InvalidDataException? reason = null;
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
            reason ??= inner as InvalidDataException;
        Assert.IsNotNull(reason, failure.ToString());
        StringAssert.Contains(reason.Message, "truncated");
    }

    private static readonly GradientDescentOptions Descent = new() { LossThreshold = 1e-4, MaximumEpochs = 2000, Threads = 1 };

    private static readonly TwoLayerReluOptions Relu =
        new() { HiddenUnits = 37, InitialScale = .3, Training = Descent with { LearningRate = .01, BatchSize = 16, MaximumEpochs = 50 } };

    private static IDataView VectorRows() => Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(VectorRow.Make));

    private static T Reloaded<T>(T model) where T : ITransformer
    {
        using var stream = new MemoryStream();
        Ml.Model.Save(model, null, stream);
        return (T)new MLContext().Model.Load(stream, out _);
    }

    private static void AssertSameScores(IDataView expected, IDataView actual)
        => CollectionAssert.AreEqual(expected.NumbersOf(), actual.NumbersOf(), "scores, to the last bit");

    private void AssertScoredElsewhere(string model, IEnumerable<float[]> inputs, IEnumerable<float[]> scores)
    {
        static string Line(float[] values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        string data = _folder.PathOf("data.csv");
        File.WriteAllLines(data, inputs.Select(Line));
        ProgramResult result = new RepositoryProgram("ChildProcess").Run("score", model, data).RequireSuccess();
        CollectionAssert.AreEqual(scores.Select(Line).ToArray(), result.Output.TrimEnd().Split('\n'));
    }
}
