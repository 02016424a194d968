using System.Diagnostics;
using System.Globalization;
using FeatureReuse.Datasets;
using FeatureReuse.MLNet;
using FeatureReuse.Networks;
using FeatureReuse.Training;
using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>Saving and loading a ResNet-18 beside copying a file of as many bytes, in turn, and the memory it takes.</summary>
internal static class PersistenceSpeed
{
    public static int Run(string folder, int rounds)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour, Count = 64 });
        using NetworkTransformer model = ml.FeatureReuse.Pretrain(new() { Network = Network.ResNet18, Training = new TrainingOptions { MaximumEpochs = 1, Device = ComputeDevice.Cpu } }).Fit(rows);
        string saved = Path.Combine(folder, "persistence-benchmark.safetensors");
        string plain = Path.Combine(folder, "persistence-benchmark.plain");
        string zip = Path.Combine(folder, "persistence-benchmark.zip");
        try
        {
            model.Save(saved);
            NetworkTransformer.Load(saved).Dispose();
            long size = new FileInfo(saved).Length;
            ForgetPeak();
            long before = ResidentMemory.Now;
            model.Save(saved);
            Report("memory of Save beyond that before", ResidentMemory.Peak - before, size);
            ForgetPeak();
            before = ResidentMemory.Now;
            NetworkTransformer loaded = NetworkTransformer.Load(saved);
            Report("memory of Load beyond that before, the model in it", ResidentMemory.Peak - before, size);
            loaded.Dispose();

            Compare("saving, speed over that of copying", rounds, size, () => model.Save(saved), () => Copy(saved, plain));
            Compare("loading, speed over that of copying", rounds, size, () => NetworkTransformer.Load(saved).Dispose(), () => File.Copy(saved, plain, overwrite: true));
            Compare("Model.Save, speed over that of copying", rounds, size, () => ml.Model.Save(model, rows.Schema, zip), () => File.Copy(saved, plain, overwrite: true));
            Compare("Model.Load, speed over that of copying", rounds, size, () => ((IDisposable)ml.Model.Load(zip, out _)).Dispose(), () => File.Copy(saved, plain, overwrite: true));
        }
        finally
        {
            File.Delete(saved);
            File.Delete(plain);
            File.Delete(zip);
        }
        return 0;
    }

    /// <summary>To the disk and not just to its cache, as Save does.</summary>
    private static void Copy(string from, string to)
    {
        using FileStream source = File.OpenRead(from);
        using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        source.CopyTo(target, 1 << 20);
        target.Flush(flushToDisk: true);
    }

    private static void Compare(string what, int rounds, long size, Action ours, Action theirs)
    {
        List<double> ratios = [];
        List<double> speeds = [];
        for (int round = 0; round < rounds; round++)
        {
            double own = Seconds(ours);
            ratios.Add(Seconds(theirs) / own);
            speeds.Add(size / 1e6 / own);
        }
        Console.WriteLine(new Sample(what, ratios));
        Console.WriteLine(new Sample("  MB/s", speeds));
    }

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Linux starts counting the peak anew.</summary>
    private static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static void Report(string what, long bytes, long size)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {bytes / 1e6:F1} MB, {(double)bytes / size:F2} times the file"));
}
