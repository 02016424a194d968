using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.Benchmarks;

/// <summary>Peak resident memory of training, and resident memory over many predictions.</summary>
internal static class MemoryUse
{
    /// <param name="folder">CIFAR-100.</param>
    /// <param name="images">Training images.</param>
    /// <param name="predictions">Predictions of the engine; at least 4.</param>
    public static void Run(string folder, int images, int predictions)
    {
        var table = new ComparisonTable(Versions.Line());
        void Report(string what, long bytes) => table.Add(what, $"{bytes / 1e6:F1} MB");
        var ml = new MLContext(seed: 1);
        var options = new PretrainOptions
        {
            LabelColumnName = "FineLabel",
            Architecture = NetworkArchitecture.SmallCnn,
            Training = new TrainingOptions { MaximumEpochs = 1, Device = ComputeDevice.Cpu },
        };

        // What the runtime and libtorch take by themselves: the same calls on next to nothing.
        ml.FeatureReuse.Pretrain(options).Fit(ml.Data.TakeRows(ml.FeatureReuse.LoadCifar100(folder), 200)).Dispose();
        long atStart = ResidentMemory.Peak;
        using NetworkTransformer model = LibraryTraining.Fit(ml, folder, images);
        Report($"training on {images} images, peak beyond start-up", ResidentMemory.Peak - atStart);

        using var engine = ml.Model.CreatePredictionEngine<Row, Scored>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var row = new Row();
        for (int i = 1; i <= predictions; i++)
        {
            row.Image[i % row.Image.Length]++;
            engine.Predict(row);
            if (i % (predictions / 4) == 0)
            {
                GC.Collect();
                Report($"resident after {i} predictions", ResidentMemory.Now);
            }
        }
    }

    private sealed class Row
    {
        [VectorType(3, 32, 32)]
        public byte[] Image { get; set; } = new byte[3072];
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
