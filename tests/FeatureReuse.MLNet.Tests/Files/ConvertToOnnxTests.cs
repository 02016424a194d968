using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>ML.NET's own ConvertToOnnx of chains with this library's transformers, run by ONNX Runtime.</summary>
[TestClass]
public sealed class ConvertToOnnxTests
{
    private const int Count = 20;
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<OrtValue> _values = [];

    public static IEnumerable<NetworkArchitecture> Architectures
        => [NetworkArchitecture.ResNet18CifarStem, NetworkArchitecture.SmallCnn, NetworkArchitecture.ViT];

    [TestCleanup]
    public void FreeValues() => _values.ForEach(value => value.Dispose());

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void A_network_within_a_chain(NetworkArchitecture network)
    {
        using var model = _ml.FeatureReuse.Pretrain(OneEpoch(network))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(LabelledRow.View(_ml, 60));
        IDataView photos = Photos();
        using InferenceSession session = Convert(model, photos, "Score", "PredictedLabel");
        CollectionAssert.AreEqual(new[] { "Image" }, session.InputNames.ToArray());
        IDataView scored = model.Transform(photos);
        Dictionary<string, OrtValue> outputs = Run(session, ImagesOf(photos), "Image");
        RequireClose(scored.NumbersOf(), outputs["Score.output"]);
        string[] labels = [.. scored.GetColumn<string>("PredictedLabel")];
        CollectionAssert.AreEqual(labels, outputs["PredictedLabel.output"].GetStringTensorAsArray());
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void The_oldest_operators_that_ML_NET_writes_give_the_same(NetworkArchitecture network)
    {
        using NetworkTransformer model = _ml.FeatureReuse.Pretrain(OneEpoch(network)).Fit(LabelledRow.View(_ml, 60));
        IDataView photos = Photos();
        using var stream = new MemoryStream();
        _ml.Model.ConvertToOnnx(model, photos, 9, stream);
        using var session = new InferenceSession(stream.ToArray());
        Dictionary<string, OrtValue> outputs = Run(session, ImagesOf(photos), "Image");
        RequireClose(model.Transform(photos).NumbersOf(), outputs["Score.output"]);
        CollectionAssert.AreEqual(model.Transform(photos).GetColumn<uint>("PredictedLabel").ToArray(),
            outputs["PredictedLabel.output"].GetTensorDataAsSpan<uint>().ToArray());
    }

    [TestMethod]
    public void Features_under_a_trainer_of_ML_NET()
    {
        using NetworkTransformer network = FastTraining.Pretrained(_ml);
        using var model = _ml.FeatureReuse.ExtractFeatures(network, "Features")
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()).Fit(LabelledRow.View(_ml, 60));
        IDataView photos = Photos();
        using InferenceSession session = Convert(model, photos, "Features", "Score");
        IDataView scored = model.Transform(photos);
        Dictionary<string, OrtValue> outputs = Run(session, ImagesOf(photos), "Image");
        RequireClose(scored.NumbersOf("Features"), outputs["Features.output"]);
        RequireClose(scored.NumbersOf(), outputs["Score.output"]);
    }

    [TestMethod]
    [DataRow("diagonal")]
    [DataRow("relu")]
    public void A_shallow_network_behind_a_normalizer(string name)
    {
        IDataView samples = Samples();
        IEstimator<ITransformer> trainer = name == "diagonal" ? _ml.Regression.Trainers.DiagonalLinear()
            : _ml.Regression.Trainers.TwoLayerRelu(new() { HiddenUnits = 16 });
        var model = _ml.Transforms.NormalizeMinMax("Features").Append(trainer).Fit(samples);
        using InferenceSession session = Convert(model, samples, "Score");
        RequireClose(model.Transform(samples).NumbersOf(), RunSamples(session, samples)["Score.output"]);
    }

    [TestMethod]
    public void Features_of_many_tasks()
    {
        IDataView samples = Samples();
        LearnedFeaturesTransformer model = _ml.FeatureReuse.LearnFeatures(new() { OutputColumnName = "Learnt" }).Fit(samples);
        using InferenceSession session = Convert(model, samples, "Learnt");
        RequireClose(model.Transform(samples).NumbersOf("Learnt"), RunSamples(session, samples)["Learnt.output"]);
    }

    [TestMethod]
    public void What_cannot_be_converted_is_said()
    {
        using NetworkTransformer network = FastTraining.Pretrained(_ml);
        IDataView photos = Photos();
        FeatureTransformer layer = _ml.FeatureReuse.ExtractFeatures(network, "Features", layerName: network.LayerNames[0]).Fit(photos);
        RequireRefused(layer, photos, $"'{network.LayerNames[0]}'");

        // A step that ML.NET itself does not convert comes first.
        IDataView scans = _ml.Data.LoadFromEnumerable(LabelledRow.Make(Count).Select(row => new Scan { Negative = row.Image }));
        static void Develop(Scan scan, UnlabelledRow photo) => photo.Image = [.. scan.Negative.Select(value => (byte)~value)];
        var develop = _ml.Transforms.CustomMapping<Scan, UnlabelledRow>(Develop, contractName: null).Fit(scans);
        RequireRefused(develop.Append(network), scans, "'Image'");
    }

    [TestMethod]
    public void A_custom_network_is_refused()
    {
        PretrainOptions options = OneEpoch(LinearNetwork.Create("NotConvertible"));
        using NetworkTransformer network = _ml.FeatureReuse.Pretrain(options).Fit(LabelledRow.View(_ml, 60));
        RequireRefused(network, Photos(), "ExportWeights");
    }

    private void RequireRefused(ITransformer model, IDataView rows, string reason)
        => Failure.Requires<NotSupportedException>(reason, () => _ml.Model.ConvertToOnnx(model, rows, Stream.Null));

    private static PretrainOptions OneEpoch(NetworkArchitecture network)
        => FastTraining.Pretraining with { Architecture = network, Training = FastTraining.Options with { MaximumEpochs = 1 } };

    private InferenceSession Convert(ITransformer model, IDataView rows, params string[] columns)
    {
        using var stream = new MemoryStream();
        _ml.Model.ConvertToOnnx(model, rows, stream, columns);
        return new InferenceSession(stream.ToArray());
    }

    private Dictionary<string, OrtValue> RunSamples(InferenceSession session, IDataView samples)
    {
        float[][] rows = [.. samples.GetColumn<float[]>("Features")];
        float[] values = [.. rows.SelectMany(row => row)];
        return Run(session, OrtValue.CreateTensorValueFromMemory(values, [rows.Length, rows[0].Length]), "Features");
    }

    /// <summary>The outputs by their names; what is compared does not read other inputs, which get any values.</summary>
    private Dictionary<string, OrtValue> Run(InferenceSession session, OrtValue input, string name)
    {
        using var options = new RunOptions();
        Dictionary<string, OrtValue> inputs = new() { [name] = input };
        foreach ((string other, NodeMetadata metadata) in session.InputMetadata.Where(other => other.Key != name))
        {
            long[] shape = [Count, .. metadata.Dimensions.Skip(1).Select(size => (long)size)];
            inputs[other] = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, metadata.ElementDataType, shape);
        }
        var outputs = session.OutputNames.Zip(session.Run(options, inputs, session.OutputNames)).ToDictionary();
        _values.AddRange([.. inputs.Values, .. outputs.Values]);
        return outputs;
    }

    private static void RequireClose(float[] expected, OrtValue actual)
    {
        int width = expected.Length / Count;
        CollectionAssert.AreEqual(new long[] { Count, width }, actual.GetTensorTypeAndShape().Shape);
        Assert.IsTrue(expected.Where((value, i) => i % width == 0 && Math.Abs(value - expected[0]) > 1e-3).Any(), "the rows differ");
        TensorAssert.AreClose(expected, actual.GetTensorDataAsSpan<float>().ToArray(), rtol: 5e-5, atol: 5e-5);
    }

    private static OrtValue ImagesOf(IDataView photos)
        => OrtValue.CreateTensorValueFromMemory(photos.GetColumn<byte[]>("Image").SelectMany(image => image).ToArray(),
            [Count, LabelledRow.Channels, LabelledRow.Side, LabelledRow.Side]);

    private IDataView Photos()
        => _ml.Data.LoadFromEnumerable(LabelledRow.Make(Count, seed: 2).Select(row => new UnlabelledRow { Image = row.Image }));

    private IDataView Samples()
    {
        var random = new Random(1);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, 4).Select(_ => (float)(random.NextDouble() * 4 - 2))];
            float[] labels = [features[0] > 0 ? 1 : 0, features[2] > features[3] ? 1 : 0];
            return new VectorRow { Features = features, Label = features[0] - .5f * features[3], Labels = labels };
        }).ToArray());
    }

    private sealed class Scan
    {
        [VectorType(LabelledRow.Channels, LabelledRow.Side, LabelledRow.Side)]
        public byte[] Negative { get; set; } = [];
    }
}
