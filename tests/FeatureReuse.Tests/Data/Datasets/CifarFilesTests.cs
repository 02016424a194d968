namespace FeatureReuse.Tests.Data.Datasets;

[TestClass]
public sealed class CifarFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Labels_and_pixels_come_back_from_both_layouts()
    {
        Write("train.bin", 3);
        WriteNames();
        Check(CifarFiles.Find100(_folder.Path, CifarSplit.Train), rows: 3);

        for (int batch = 1; batch <= 5; batch++)
            Write($"data_batch_{batch}.bin", 2, first: 2 * (batch - 1), labels: 1);
        WriteNames("batches.meta.txt", 10);
        Check(CifarFiles.Find10(_folder.Path, CifarSplit.Train), rows: 10);

        static void Check(CifarFiles files, int rows)
        {
            Assert.AreEqual(rows, files.Count);
            using IImageRows records = files.Open();
            var pixels = new byte[3072];
            for (int row = rows - 1; row >= 0; row--)
            {
                for (int label = 0; label < files.Labels.Count; label++)
                    Assert.AreEqual((row + files.Labels.Count - 1 - label) % 10, records.ReadLabel(row, label), files.Labels[label].Name);
                records.ReadImage(row, pixels);
                CollectionAssert.AreEqual(Pixels(row), pixels);
            }
        }
    }

    [TestMethod]
    public void The_folder_above_will_do()
    {
        string inner = Directory.CreateDirectory(_folder.PathOf("cifar-100-binary")).FullName;
        Write(Path.Combine(inner, "test.bin"), 1);
        WriteNames(inner);
        Assert.AreEqual(1, CifarFiles.Find100(_folder.Path, CifarSplit.Test).Count);
    }

    [TestMethod]
    public void A_missing_file_is_named()
    {
        Failure.Requires<FileNotFoundException>(_folder.PathOf("fine_label_names.txt"),
            () => CifarFiles.Find100(_folder.Path, CifarSplit.Train));
        WriteNames();
        Failure.Requires<FileNotFoundException>(_folder.PathOf("train.bin"), () => CifarFiles.Find100(_folder.Path, CifarSplit.Train));
    }

    [TestMethod]
    public void A_truncated_file_is_named_with_its_size()
    {
        WriteNames();
        File.WriteAllBytes(_folder.PathOf("train.bin"), new byte[3074 * 2 - 1]);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => CifarFiles.Find100(_folder.Path, CifarSplit.Train)).Message;
        StringAssert.Contains(message, "train.bin has 6147 bytes; it must hold one or more whole records of 3074 bytes");
        File.WriteAllBytes(_folder.PathOf("train.bin"), []);
        Failure.Requires<InvalidDataException>("train.bin has 0 bytes", () => CifarFiles.Find100(_folder.Path, CifarSplit.Train));
    }

    [TestMethod]
    public void A_file_that_shrinks_while_it_is_read_is_named()
    {
        Write("train.bin", 2);
        WriteNames();
        using IImageRows records = CifarFiles.Find100(_folder.Path, CifarSplit.Train).Open();
        File.WriteAllBytes(_folder.PathOf("train.bin"), new byte[3074]);
        Failure.Requires<InvalidDataException>("train.bin ends within row 1", () => records.ReadImage(1, new byte[3072]));
    }

    [TestMethod]
    public void A_foreign_file_is_named_with_its_row()
    {
        WriteNames();
        var bytes = new byte[3074 * 3];
        bytes[3074 + 1] = 213;
        File.WriteAllBytes(_folder.PathOf("train.bin"), bytes);
        using IImageRows records = CifarFiles.Find100(_folder.Path, CifarSplit.Train).Open();
        Assert.AreEqual(0, records.ReadLabel(0, 0));
        Failure.Requires<InvalidDataException>("train.bin: row 1 has FineLabel 213; it must be 0 to 99", () => records.ReadLabel(1, 0));
    }

    [TestMethod]
    public void Too_few_class_names_are_told()
    {
        WriteNames("fine_label_names.txt", 99);
        Failure.Requires<InvalidDataException>("fine_label_names.txt names 99 classes; there must be 100",
            () => CifarFiles.Find100(_folder.Path, CifarSplit.Train));
    }

    [TestMethod]
    public void The_published_CIFAR_100_has_500_training_and_100_test_images_a_class()
    {
        string folder = Repository.Cifar100();
        foreach ((CifarSplit split, int perClass) in new[] { (CifarSplit.Train, 500), (CifarSplit.Test, 100) })
        {
            CifarFiles files = CifarFiles.Find100(folder, split);
            using IImageRows records = files.Open();
            var fine = new int[100];
            var coarse = new int[20];
            for (long row = 0; row < files.Count; row++)
            {
                fine[records.ReadLabel(row, 0)]++;
                coarse[records.ReadLabel(row, 1)]++;
            }
            Assert.IsTrue(Array.TrueForAll(fine, count => count == perClass), $"{split}: {string.Join(' ', fine)}");
            Assert.IsTrue(Array.TrueForAll(coarse, count => count == 5 * perClass), $"{split}: {string.Join(' ', coarse)}");
            Assert.AreEqual("apple", files.Labels[0].Classes[0]);
        }
    }

    private static byte[] Pixels(int row) => [.. Enumerable.Range(0, 3072).Select(i => (byte)(i * 7 + row))];

    private void Write(string name, int rows, int first = 0, int labels = 2)
        => File.WriteAllBytes(_folder.PathOf(name), [.. Enumerable.Range(first, rows)
            .SelectMany(row => Enumerable.Range(0, labels).Select(label => (byte)((row + label) % 10)).Concat(Pixels(row)))]);

    private void WriteNames(string folder = "")
    {
        WriteNames(Path.Combine(folder, "fine_label_names.txt"), 100);
        WriteNames(Path.Combine(folder, "coarse_label_names.txt"), 20);
    }

    private void WriteNames(string name, int count)
        => File.WriteAllLines(_folder.PathOf(name), Enumerable.Range(0, count).Select(i => $"class_{i}"));
}
