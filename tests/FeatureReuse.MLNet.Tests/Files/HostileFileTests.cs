using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>Files that were damaged or made to do harm. FEATUREREUSE_FUZZ_FILES sets how many; file i is made by the seed i.</summary>
[TestClass]
public sealed class HostileFileTests : IDisposable
{
    private const int DefaultFiles = 600;
    private const long AllowedBytes = 64L << 20;

    /// <summary>So that the memory of the process shows what one file takes, not the garbage of hundreds.</summary>
    private const int FilesBetweenCollections = 10;

    private static readonly MLContext Ml = new(seed: 1);

    /// <summary>Strings that readers of such headers have tripped over.</summary>
    private static readonly string[] Splices =
    [
        "9223372036854775807", "-1", "1e308", "4294967296", "[", "{", "\"", "null", "{\"__metadata__\":{}}", "\\u0000",
        "\"shape\":[1000000,1000000]", "\"data_offsets\":[0,1]",
        "\"dtype\":\"F8_E4M3\"", "ResNet18", "ViT", "class", "999999999",
    ];

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [Timeout(3_600_000)]
    public void Mutated_files_load_or_say_what_is_wrong_and_take_no_more_memory_than_they_may()
    {
        int files = int.TryParse(Environment.GetEnvironmentVariable("FEATUREREUSE_FUZZ_FILES"), NumberStyles.None,
            CultureInfo.InvariantCulture, out int given) ? given : DefaultFiles;
        (byte[] Bytes, Action<string> Load)[] models = [.. Models()];
        string path = _folder.PathOf("hostile.safetensors");
        int refused = 0;
        int unchanged = 0;
        long most = 0;
        foreach ((byte[] bytes, Action<string> load) in models)
        {
            File.WriteAllBytes(path, bytes);
            load(path);
        }
        using Process self = Process.GetCurrentProcess();
        long peak = self.PeakWorkingSet64;
        for (int seed = 0; seed < files; seed++)
        {
            TestContext.CancellationToken.ThrowIfCancellationRequested();
            if (seed % FilesBetweenCollections == 0)
                GC.Collect();
            (byte[] original, Action<string> load) = models[seed % models.Length];
            byte[] mutated = Mutate(original, new Random(seed));
            File.WriteAllBytes(path, mutated);
            long managed = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                load(path);
                unchanged++;
            }
            catch (InvalidDataException failure)
            {
                refused++;
                StringAssert.Contains(failure.Message, "cannot be loaded: ", $"seed {seed}");
            }
            catch (Exception failure)
            {
                Assert.Fail($"The file of seed {seed} ended in {failure}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - managed;
            most = Math.Max(most, allocated - 2 * mutated.LongLength);
            Assert.IsLessThan(2 * mutated.LongLength + AllowedBytes, allocated,
                $"managed bytes for the file of seed {seed}, {mutated.Length} bytes");
        }
        TestContext.WriteLine(
            $"{files} files: {refused} refused, {unchanged} loaded (what changed was a name or a space); "
                + $"most managed bytes above twice the size: {most:N0}");
        Assert.IsGreaterThan(files / 2, refused);
        self.Refresh();
        Assert.IsLessThan(2 * models.Max(model => model.Bytes.LongLength) + AllowedBytes, self.PeakWorkingSet64 - peak,
            "resident bytes of the process, managed and native, beyond those before");
    }

    /// <summary>A small file that claims a large network costs no more than that network.</summary>
    [TestMethod]
    [DataRow("ResNet18")]
    [DataRow("ViT")]
    [DataRow("ResNet18CifarStem")]
    public void A_small_file_that_claims_a_large_network_is_refused(string claimed)
    {
        (byte[] bytes, Action<string> load) = Models().First();
        string path = _folder.PathOf("claims.safetensors");
        File.WriteAllBytes(path, bytes);
        SafeTensorsFile.ReplaceInHeader(path, ("\\u0022SmallCnn\\u0022", $"\\u0022{claimed}\\u0022"));
        Failure.Requires<InvalidDataException>("its description asks for", () => load(path));
    }

    private static IEnumerable<(byte[] Bytes, Action<string> Load)> Models()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("model.safetensors");
        using (NetworkTransformer network = FastTraining.Pretrained(Ml))
        {
            network.Save(path);
            yield return (File.ReadAllBytes(path), file => NetworkTransformer.Load(file).Dispose());
            network.ExportWeights(path);
            var import = new ImportWeightsOptions
            {
                Architecture = NetworkArchitecture.SmallCnn, ImageShape = network.Network.Input, Strict = false,
            };
            yield return (File.ReadAllBytes(path), file => Ml.FeatureReuse.ImportWeights(file, import).Dispose());
            Ml.FeatureReuse.ExtractFeatures(network).Fit(LabelledRow.View(Ml, 10)).Save(path);
            yield return (File.ReadAllBytes(path), file => FeatureTransformer.Load(file).Dispose());
        }
        IDataView rows = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20)
            .Select(i => new Row { Features = [i % 3, i % 5, i % 7], Label = i % 3, Labels = [i % 2, i / 2 % 2] }));
        var descent = new GradientDescentOptions { LearningRate = .01, MaximumEpochs = 3 };
        Ml.Regression.Trainers.DiagonalLinear(new() { Training = descent }).Fit(rows).Save(path);
        yield return (File.ReadAllBytes(path), file => DiagonalLinearTransformer.Load(file));
        Ml.Regression.Trainers.TwoLayerRelu(new() { HiddenUnits = 4, Training = descent }).Fit(rows).Save(path);
        yield return (File.ReadAllBytes(path), file => TwoLayerReluTransformer.Load(file));
        Ml.FeatureReuse.LearnFeatures(
            new() { Training = new() { Neurons = 4, Steps = 1, HeadSamples = 10, RepresentationSamples = 10 } }).Fit(rows).Save(path);
        yield return (File.ReadAllBytes(path), file => LearnedFeaturesTransformer.Load(file));
    }

    /// <summary>One to four changes, most of them in the header.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        int header = (int)BitConverter.ToInt64(original) + 8;
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int place = random.Next(random.Next(4) == 0 ? bytes.Count : Math.Min(header, bytes.Count));
            switch (random.Next(8))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 3:
                    bytes.RemoveRange(place, Math.Min(random.Next(1, 40), bytes.Count - place));
                    break;
                case 4:
                    bytes.InsertRange(place, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                    break;
                case 5:
                    // A number in the header becomes another one.
                    int digit = bytes.FindIndex(place, value => value is >= (byte)'0' and <= (byte)'9');
                    if (digit >= 0)
                        bytes[digit] = (byte)('0' + random.Next(10));
                    break;
                case 6:
                    byte[] block = [.. bytes.Skip(place).Take(random.Next(1, 200))];
                    bytes.InsertRange(random.Next(bytes.Count), block);
                    break;
                default:
                    byte[] length = BitConverter.GetBytes(random.Next(2) == 0 ? random.NextInt64() : random.Next(2 * header));
                    for (int i = 0; i < length.Length && i < bytes.Count; i++)
                        bytes[i] = length[i];
                    break;
            }
            if (bytes.Count == 0)
                break;
        }
        return [.. bytes];
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        [VectorType(2)]
        public float[] Labels { get; set; } = [];
    }
}
