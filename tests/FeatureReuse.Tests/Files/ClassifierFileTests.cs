using System.Text;

namespace FeatureReuse.Tests.Files;

[TestClass]
public sealed class ClassifierFileTests : IDisposable
{
    private static readonly TrainingOptions FewEpochs = FastTraining.Options with
    {
        MaximumEpochs = 2, ClassWeights = ClassWeights.Balanced,
        LayerLearningRateFactors = new Dictionary<string, double> { ["conv1"] = .5 },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static TrainedClassifier Trained()
    {
        using TrainedClassifier pretrained = FastTraining.Train(FewEpochs, Images.Learnable(60));
        return FeatureTransfer.Finetune(pretrained, Images.Learnable(40, classes: 2, seed: 2),
            Rescaling.ByLayer(new Dictionary<string, float> { ["conv2"] = .25f }), FewEpochs);
    }

    [TestMethod]
    public void A_loaded_classifier_has_the_same_bits_and_the_same_records()
    {
        using TrainedClassifier saved = Trained();
        string path = _folder.PathOf("model.safetensors");
        saved.Save(path);
        using TrainedClassifier loaded = TrainedClassifier.Load(path);
        foreach (var (name, value) in saved.Network.state_dict())
            TensorAssert.AreClose(value, loaded.Network.state_dict()[name], rtol: 0, atol: 0, name);
        Assert.AreEqual(saved.Head.Name, loaded.Head.Name);
        Assert.AreEqual(saved.Network.Input, loaded.Network.Input);
        CollectionAssert.AreEqual(saved.Network.Heads.SelectMany(head => head.ClassNames).ToArray(),
            loaded.Network.Heads.SelectMany(head => head.ClassNames).ToArray());
        TrainingRun expected = saved.LastTraining!;
        TrainingRun actual = loaded.LastTraining!;
        Assert.AreEqual(expected.Rescaling, actual.Rescaling);
        CollectionAssert.AreEqual(expected.History!.Epochs.ToArray(), actual.History!.Epochs.ToArray());
        CollectionAssert.AreEqual(expected.Options!.LayerLearningRateFactors.ToArray(), actual.Options!.LayerLearningRateFactors.ToArray());
        var (factors, weights) = (actual.Options.LayerLearningRateFactors, actual.Options.ClassWeights);
        Assert.AreEqual(expected.Options with { LayerLearningRateFactors = factors, ClassWeights = weights }, actual.Options);
        Assert.IsTrue(actual.Options.ClassWeights.IsBalanced);
    }

    /// <summary>Other programs read these files, so the header must follow the safetensors format.</summary>
    [TestMethod]
    public void The_file_begins_with_the_header_that_safetensors_describes()
    {
        using TrainedClassifier saved = Trained();
        string path = _folder.PathOf("model.safetensors");
        saved.Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        long length = BitConverter.ToInt64(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, (int)length);
        StringAssert.StartsWith(header, "{\"__metadata__\":{");
        StringAssert.Contains(header, "\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[32,3,5,5],\"data_offsets\":[0,9600]}");
    }

    /// <summary>A header of 128, 384, ... bytes begins with the byte that a pickle begins with.</summary>
    [TestMethod]
    public void A_header_of_any_length_is_read()
    {
        for (int letters = 0; letters < 256; letters += 8)
        {
            using TrainedClassifier named = FeatureTransfer.Pretrain(Images.Learnable(20), new(NetworkArchitecture.SmallCnn),
                FewEpochs with { MaximumEpochs = 1 }, new string('t', letters + 1));
            string path = _folder.PathOf("model.safetensors");
            named.Save(path);
            TrainedClassifier.Load(path).Dispose();
        }
    }

    [TestMethod]
    public void Every_damaged_file_ends_in_one_exception_that_says_how()
    {
        using TrainedClassifier saved = Trained();
        string path = _folder.PathOf("model.safetensors");
        saved.Save(path);
        byte[] whole = File.ReadAllBytes(path);
        string damaged = _folder.PathOf("damaged.safetensors");
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = [.. whole];
            // Half of them in the header, which is a small part of the file.
            int place = random.Next(round % 2 == 0 ? bytes.Length : (int)BitConverter.ToInt64(whole) + 8);
            if (round % 3 == 0)
                Array.Resize(ref bytes, place);
            else
                bytes[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(damaged, bytes);
            InvalidDataException failure =
                Assert.ThrowsExactly<InvalidDataException>(() => TrainedClassifier.Load(damaged), $"round {round}, byte {place}");
            StringAssert.Contains(failure.Message, "cannot be loaded: ", $"round {round}");
        }
    }

    /// <summary>A description that promises a million classes must not take memory for them.</summary>
    [TestMethod]
    public void Sizes_are_checked_before_memory_is_taken()
    {
        using TrainedClassifier saved = Trained();
        string path = _folder.PathOf("model.safetensors");
        saved.Save(path);
        string classes = string.Concat(Enumerable.Repeat(",\\u0022x\\u0022", 500_000));
        SafeTensorsFile.ReplaceInHeader(path, ("\\u0022Height\\u0022:8", "\\u0022Height\\u0022:60000"),
            ("\\u0022class 1\\u0022]", $"\\u0022class 1\\u0022{classes}]"));
        Failure.Requires<InvalidDataException>("'fc.weight' of shape [500005, 128]; the file has [5, 128]",
            () => TrainedClassifier.Load(path));
    }

    /// <summary>The first bytes of torch.save's two formats.</summary>
    [TestMethod]
    [DataRow(new byte[] { 0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20 })]
    [DataRow(new byte[] { 0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0 })]
    public void A_pickle_is_refused_with_the_way_to_convert_it(byte[] beginning)
    {
        string path = _folder.PathOf("model.pt");
        File.WriteAllBytes(path, [.. beginning, .. new byte[100]]);
        Failure.Requires<InvalidDataException>("safetensors.torch.save_file", () => TrainedClassifier.Load(path));
    }

    [TestMethod]
    public void A_save_that_fails_leaves_nothing_beside_it()
    {
        using TrainedClassifier saved = Trained();
        string path = _folder.PathOf("model.safetensors");
        Directory.CreateDirectory(path);
        Assert.Throws<Exception>(() => saved.Save(path));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFileSystemEntries(_folder.Path));
    }
}
