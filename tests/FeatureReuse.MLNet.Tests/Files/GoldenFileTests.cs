using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>Files that an earlier version wrote load, give what they gave, and are written in the same format.</summary>
/// <remarks>Goldens/README.md says how they were made.</remarks>
[TestClass]
public sealed class GoldenFileTests : IDisposable
{
    /// <summary>Of outputs and weights: libtorch adds in another order on another processor.</summary>
    private const double Tolerance = 1e-5;

    private const string Entry = "model.safetensors";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string PathOf(string name) => Repository.PathOf("tests", "FeatureReuse.MLNet.Tests", "Files", "Goldens", name);

    [ClassInitialize]
    public static void WriteIfAsked(TestContext context)
    {
        if (Environment.GetEnvironmentVariable("FEATUREREUSE_WRITE_GOLDENS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            GoldenModels.Write(folder);
        }
    }

    [TestMethod]
    [DataRow("images")]
    [DataRow("vectors")]
    public void A_chain_gives_what_it_gave(string name)
    {
        using TransformerChain<ITransformer> chain = Load(name, out _);
        RequireOutputs(name, chain);
    }

    [TestMethod]
    [DataRow("images", 2)]
    [DataRow("vectors", 4)]
    public void A_chain_is_saved_as_it_was(string name, int models)
    {
        using TransformerChain<ITransformer> chain = Load(name, out DataViewSchema schema);
        using var saved = new MemoryStream();
        new MLContext().Model.Save(chain, schema, saved);
        (string Path, byte[] Bytes)[] expected = Entries(new MemoryStream(File.ReadAllBytes(PathOf(name + ".zip"))));
        (string Path, byte[] Bytes)[] actual = Entries(saved);
        Assert.HasCount(models, expected);
        CollectionAssert.AreEqual(expected.Select(entry => entry.Path).ToArray(), actual.Select(entry => entry.Path).ToArray());
        foreach (((string path, byte[] before), (_, byte[] after)) in expected.Zip(actual))
            RequireSame(before, after, path);
    }

    [TestMethod]
    public void The_librarys_own_file_gives_what_it_gave_and_is_saved_as_it_was()
    {
        string golden = PathOf("network.safetensors");
        string saved = _folder.PathOf("network.safetensors");
        using NetworkTransformer network = NetworkTransformer.Load(golden, architectures: GoldenModels.Architecture);
        RequireOutputs("images", network);
        network.Save(saved);
        RequireSame(File.ReadAllBytes(golden), File.ReadAllBytes(saved), golden);

        using TrainedClassifier classifier = TrainedClassifier.Load(golden, GoldenModels.Architecture);
        classifier.Save(saved);
        RequireSame(File.ReadAllBytes(golden), File.ReadAllBytes(saved), golden, but: "mlnet");
    }

    [TestMethod]
    public void Weights_alone_give_what_they_gave_and_are_exported_as_they_were()
    {
        string golden = PathOf("weights.safetensors");
        string saved = _folder.PathOf("weights.safetensors");
        using NetworkTransformer network = NetworkTransformer.Load(PathOf("network.safetensors"), architectures: GoldenModels.Architecture);
        network.ExportWeights(saved);
        CollectionAssert.AreEqual(File.ReadAllBytes(golden), File.ReadAllBytes(saved), "the file, byte by byte");

        using NetworkTransformer imported = new MLContext().FeatureReuse.ImportWeights(golden,
            new()
            {
                Architecture = GoldenModels.Architecture, ImageShape = network.Network.Input, Normalization = network.Network.Normalization,
            });
        imported.ExportWeights(saved);
        CollectionAssert.AreEqual(File.ReadAllBytes(golden), File.ReadAllBytes(saved), "the file, byte by byte, imported in between");
    }

    [TestMethod]
    public void A_file_of_the_small_network_has_the_same_tensors()
    {
        string saved = _folder.PathOf("small-cnn.safetensors");
        using (NetworkTransformer network = FastTraining.Pretrained(new MLContext(seed: 1)))
            network.Save(saved);
        string[] tensors = [.. new SafeTensorsFile(File.ReadAllBytes(saved)).Tensors
            .Select(tensor => $"{tensor.Key} {tensor.Value!["dtype"]} {tensor.Value!["shape"]!.ToJsonString()}")];
        CollectionAssert.AreEqual(File.ReadAllLines(PathOf("small-cnn.txt")), tensors, string.Join('\n', tensors));
    }

    [TestMethod]
    public void A_training_goes_on_from_its_checkpoint_and_ends_where_it_ended()
    {
        string folder = Directory.CreateDirectory(_folder.PathOf("checkpoint")).FullName;
        foreach (string file in Directory.GetFiles(PathOf("Checkpoint")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        using NetworkTransformer network = NetworkTransformer.Load(PathOf("network.safetensors"), architectures: GoldenModels.Architecture);
        using NetworkTransformer continued = GoldenModels.Continue(network, folder, out int firstEpoch);
        Assert.AreEqual(3, firstEpoch, "the epoch in which it went on");
        Assert.IsFalse(Directory.Exists(folder), "a folder of checkpoints outlives its run");
        string saved = _folder.PathOf("continued.safetensors");
        continued.Save(saved);
        var expected = new SafeTensorsFile(File.ReadAllBytes(PathOf("continued.safetensors")));
        var actual = new SafeTensorsFile(File.ReadAllBytes(saved));
        CollectionAssert.AreEqual(NamesOf(expected), NamesOf(actual));
        foreach ((string name, JsonNode? tensor) in expected.Tensors.Where(tensor => (string?)tensor.Value!["dtype"] == "F32"))
            TensorAssert.AreClose(expected.Floats(name), actual.Floats(name), rtol: 0, Tolerance, name);
    }

    private static string[] NamesOf(SafeTensorsFile file) => [.. file.Tensors.Select(tensor => tensor.Key)];

    private static TransformerChain<ITransformer> Load(string name, out DataViewSchema schema)
    {
        var ml = new MLContext();
        ml.FeatureReuse.AddArchitecture(GoldenModels.Architecture);
        return (TransformerChain<ITransformer>)ml.Model.Load(PathOf(name + ".zip"), out schema);
    }

    /// <summary>Compares the columns that the model produces with the stored outputs.</summary>
    private static void RequireOutputs(string name, ITransformer model)
    {
        var ml = new MLContext();
        GoldenRows rows = JsonSerializer.Deserialize<GoldenRows>(File.ReadAllText(PathOf(name + ".json")))!;
        IDataView data = rows.View(ml);
        if (model is not TransformerChain<ITransformer>)
            data = ml.Transforms.CopyColumns("Image", "Pixels").Fit(data).Transform(data);
        IDataView scored = model.Transform(data);
        string[] columns = [.. rows.Outputs.Keys.Where(column => scored.Schema.GetColumnOrNull(column) is not null)];
        Assert.HasCount(model is TransformerChain<ITransformer> ? rows.Outputs.Count : 1, columns);
        foreach (string column in columns)
        {
            float[] expected = [.. rows.Outputs[column].SelectMany(values => values)];
            TensorAssert.AreClose(expected, scored.NumbersOf(column), rtol: 0, Tolerance, column);
        }
    }

    /// <summary>The same tensors to the last bit, and the same descriptions but for the version that wrote them.</summary>
    private static void RequireSame(byte[] expected, byte[] actual, string what, params string[] but)
    {
        var before = new SafeTensorsFile(expected);
        var after = new SafeTensorsFile(actual);
        Assert.AreEqual(before.Tensors.ToJsonString(), after.Tensors.ToJsonString(), $"{what}: names, types, shapes and places");
        Assert.IsTrue(before.Content.SequenceEqual(after.Content), $"{what}: the tensors' bytes");
        Assert.AreEqual(Description(before, but), Description(after, but), $"{what}: the descriptions");
    }

    private static string Description(SafeTensorsFile file, string[] but)
    {
        JsonObject classifier = JsonNode.Parse((string?)file.Metadata["classifier"] ?? "{}")!.AsObject();
        classifier.Remove("LibraryVersion");
        return string.Join('\n', file.Metadata.Where(entry => entry.Key is not ("checksum" or "classifier") && !but.Contains(entry.Key))
            .Select(entry => $"{entry.Key}: {entry.Value}").Append(classifier.ToJsonString()));
    }

    private static (string Path, byte[] Bytes)[] Entries(Stream zip)
    {
        using var archive = new ZipArchive(zip);
        return [.. archive.Entries.Where(entry => entry.Name == Entry).Select(entry =>
        {
            using Stream content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return (entry.FullName, bytes.ToArray());
        }).OrderBy(entry => entry.FullName, StringComparer.Ordinal)];
    }
}
