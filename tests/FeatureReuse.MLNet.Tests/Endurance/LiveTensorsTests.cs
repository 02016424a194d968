using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;

namespace FeatureReuse.MLNet.Tests.Endurance;

/// <summary>Estimators and transformers dispose the tensors they make.</summary>
[TestClass]
public sealed class LiveTensorsTests
{
    private static readonly MLContext Ml = new(seed: 1);

    private static readonly Dictionary<string, Action<NetworkTransformer, IDataView>> Operations = new()
    {
        ["train"] = (_, rows) => Ml.FeatureReuse.Pretrain(FastTraining.Pretraining).Fit(rows).Dispose(),
        ["finetune"] = (model, rows) =>
            Ml.FeatureReuse.Finetune(model, new() { Rescaling = RescalingChoice.From(.5f, 1), Training = FastTraining.Options })
                .Fit(rows).Dispose(),
        ["probe"] = (model, rows) => Ml.FeatureReuse.LinearProbe(model, new() { Training = FastTraining.Options }).Fit(rows).Dispose(),
        ["rescale"] = (model, rows) => Ml.FeatureReuse.RescaleWeights(model, .5f).Fit(rows).Dispose(),
        ["calibrate"] = (model, rows) => Ml.FeatureReuse.Calibrate(model).Fit(rows).Dispose(),
        ["cross-validate"] = (_, rows) =>
        {
            ClassifierEstimator pretrain = Ml.FeatureReuse.Pretrain(FastTraining.Pretraining);
            foreach (var fold in Ml.MulticlassClassification.CrossValidate(rows, pretrain, numberOfFolds: 2))
                ((NetworkTransformer)fold.Model).Dispose();
        },
        ["score"] = (model, rows) => Ml.MulticlassClassification.Evaluate(model.Transform(rows)),
        ["score some rows only"] = (model, rows) => Ml.Data.TakeRows(model.Transform(rows), 3).GetColumn<float[]>("Score").ToArray(),
        ["predict"] = (model, _) =>
        {
            var options = new PredictionEngineOptions { OwnsTransformer = false };
            using var engine = Ml.Model.CreatePredictionEngine<LabelledRow, RowScores>(model, options);
            engine.Predict(LabelledRow.Make(1)[0]);
        },
        ["extract features"] = (model, rows) =>
            Ml.FeatureReuse.ExtractFeatures(model).Fit(rows).Transform(rows).GetColumn<float[]>("Features").ToArray(),
        ["inspect"] = (model, rows) => Ml.FeatureReuse.CompareLayers(model, model, rows),
        ["save and load"] = (model, rows) =>
        {
            using var stream = new MemoryStream();
            Ml.Model.Save(model, rows.Schema, stream);
            (Ml.Model.Load(stream, out _) as IDisposable)!.Dispose();
        },
    };

    public static IEnumerable<object[]> Names => Operations.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void None_is_left_to_the_garbage_collector(string operation)
    {
        IDataView rows = LabelledRow.View(Ml, 60);
        using NetworkTransformer model = FastTraining.Pretrained(Ml);
        long before = LeakedTensors.Count();
        Operations[operation](model, rows);
        Assert.AreEqual(before, LeakedTensors.Count());
    }

    [TestMethod]
    public void What_is_left_is_counted()
    {
        long before = LeakedTensors.Count();
        Leave();
        Assert.AreEqual(before + 3, LeakedTensors.Count());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Leave()
        {
            for (int i = 0; i < 3; i++)
                torch.zeros(2);
        }
    }
}
