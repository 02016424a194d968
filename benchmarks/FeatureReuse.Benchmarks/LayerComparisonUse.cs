using System.Globalization;
using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>Time and peak memory of the signatures of all layers of a ResNet-18 on 1,000 images.</summary>
internal static class LayerComparisonUse
{
    private const int Images = 1000;

    public static int Run(string folder, int rounds)
    {
        var table = new ComparisonTable(Versions.Line());
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.LoadCifar100(folder);
        TrainingOptions training = new() { MaximumEpochs = 1, Device = ComputeDevice.Cpu };
        IDataView few = ml.Data.TakeRows(rows, 512);
        PretrainOptions options = new() { LabelColumnName = "FineLabel", Architecture = NetworkArchitecture.ResNet18, Training = training };
        using NetworkTransformer pretrained = ml.FeatureReuse.Pretrain(options).Fit(few);
        FinetuneOptions finetuning = new() { LabelColumnName = "FineLabel", Training = training };
        using NetworkTransformer finetuned = ml.FeatureReuse.Finetune(pretrained, finetuning).Fit(few);
        long before = ResidentMemory.Now;
        void Compare() => ml.FeatureReuse.CompareLayers(pretrained, finetuned, ml.Data.TakeRows(rows, Images));
        Sample sample = PairedRounds.Measure(rounds, new Contender("CompareLayers", () => Timing.SecondsOf(Compare), () => { }))[0];
        table.Add($"signatures of all layers on {Images} images", Unit.Seconds, sample);
        string memory = string.Create(CultureInfo.InvariantCulture, $"{before / 1e6:F0} MB, {ResidentMemory.Peak / 1e6:F0} MB");
        table.Add("resident memory before, peak", memory);
        return 0;
    }
}
