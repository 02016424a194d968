using Microsoft.ML;

namespace FeatureReuse.Benchmarks;

/// <summary>Saving and loading a ResNet-18 beside copying a file of as many bytes, in turn, and the memory it takes.</summary>
internal static class PersistenceSpeed
{
    public static void Run(string folder, int rounds)
    {
        var table = new ComparisonTable(Versions.Line());
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Colour, Count = 64 });
        TrainingOptions training = new() { MaximumEpochs = 1, Device = ComputeDevice.Cpu };
        using NetworkTransformer model = ml.FeatureReuse.Pretrain(new() { Architecture = NetworkArchitecture.ResNet18,
            Training = training }).Fit(rows);
        string saved = Path.Combine(folder, "persistence-benchmark.safetensors");
        string plain = Path.Combine(folder, "persistence-benchmark.plain");
        string zip = Path.Combine(folder, "persistence-benchmark.zip");
        try
        {
            model.Save(saved);
            NetworkTransformer.Load(saved).Dispose();
            long size = new FileInfo(saved).Length;
            ResidentMemory.ForgetPeak();
            long before = ResidentMemory.Now;
            model.Save(saved);
            Report("memory of Save beyond that before", ResidentMemory.Peak - before, size);
            ResidentMemory.ForgetPeak();
            before = ResidentMemory.Now;
            NetworkTransformer loaded = NetworkTransformer.Load(saved);
            Report("memory of Load beyond that before, the model in it", ResidentMemory.Peak - before, size);
            loaded.Dispose();

            void Compare(string what, Action ours, string peer, Action copy)
            {
                IReadOnlyList<Sample> samples = PairedRounds.Measure(
                    rounds, new Contender(what, () => Timing.SecondsOf(ours)), new Contender(peer, () => Timing.SecondsOf(copy)));
                table.Add(what, Unit.PerSecond("MB/s", size / 1e6), samples[0], samples[1]);
            }
            void Copy() => File.Copy(saved, plain, overwrite: true);
            Compare("saving", () => model.Save(saved), "copying to the disk", () => CopyToDisk(saved, plain));
            Compare("loading", () => NetworkTransformer.Load(saved).Dispose(), "copying", Copy);
            Compare("Model.Save", () => ml.Model.Save(model, rows.Schema, zip), "copying", Copy);
            Compare("Model.Load", () => ((IDisposable)ml.Model.Load(zip, out _)).Dispose(), "copying", Copy);
        }
        finally
        {
            File.Delete(saved);
            File.Delete(plain);
            File.Delete(zip);
        }

        void Report(string what, long bytes, long size)
            => table.Add(what, $"{bytes / 1e6:F1} MB, {(double)bytes / size:F2} of the file");
    }

    /// <summary>Not just to the disk's cache, as Save does.</summary>
    private static void CopyToDisk(string from, string to)
    {
        using FileStream source = File.OpenRead(from);
        using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        source.CopyTo(target, 1 << 20);
        target.Flush(flushToDisk: true);
    }
}
