using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>Time and peak memory of the signatures of all layers of a ResNet-18 on 1,000 images.</summary>
internal static class LayerComparisonUse
{
    private const int TrainingImages = 512;
    private const int Images = 1000;

    public static void Run(string folder, int rounds)
    {
        var table = new ComparisonTable(Versions.Line());
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.LoadCifar100(folder);
        using NetworkTransformer pretrained = LibraryTraining.Fit(ml, folder, TrainingImages);
        FinetuneOptions finetuning = new()
        {
            LabelColumnName = "FineLabel",
            Training = new() { MaximumEpochs = 1, Device = ComputeDevice.Cpu },
        };
        using NetworkTransformer finetuned = ml.FeatureReuse.Finetune(pretrained, finetuning).Fit(ml.Data.TakeRows(rows, TrainingImages));
        long before = ResidentMemory.Now;
        void Compare() => ml.FeatureReuse.CompareLayers(pretrained, finetuned, ml.Data.TakeRows(rows, Images));
        Sample sample = PairedRounds.Measure(rounds, new Contender("CompareLayers", () => Timing.SecondsOf(Compare), () => { }))[0];
        table.Add($"signatures of all layers on {Images} images", Unit.Seconds, sample);
        table.Add("resident memory before, peak", $"{before / 1e6:F0} MB, {ResidentMemory.Peak / 1e6:F0} MB");
    }
}
