namespace FeatureReuse.Tests.Data.Datasets;

[TestClass]
public sealed class CifarFilesTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cifar").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Labels_and_pixels_come_back_from_both_layouts()
    {
        Write("train.bin", 3);
        WriteNames("fine_label_names.txt", 100);
        WriteNames("coarse_label_names.txt", 20);
        Check(CifarFiles.Find100(_folder, CifarSplit.Train), rows: 3);

        for (int batch = 1; batch <= 5; batch++)
            Write($"data_batch_{batch}.bin", 2, first: 2 * (batch - 1), labels: 1);
        WriteNames("batches.meta.txt", 10);
        Check(CifarFiles.Find10(_folder, CifarSplit.Train), rows: 10);

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
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "cifar-100-binary")).FullName;
        Write(Path.Combine(inner, "test.bin"), 1);
        WriteNames(Path.Combine(inner, "fine_label_names.txt"), 100);
        WriteNames(Path.Combine(inner, "coarse_label_names.txt"), 20);
        Assert.AreEqual(1, CifarFiles.Find100(_folder, CifarSplit.Test).Count);
    }

    [TestMethod]
    public void A_missing_file_is_named()
    {
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => CifarFiles.Find100(_folder, CifarSplit.Train)).Message,
            Path.Combine(_folder, "fine_label_names.txt"));
        WriteNames("fine_label_names.txt", 100);
        WriteNames("coarse_label_names.txt", 20);
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => CifarFiles.Find100(_folder, CifarSplit.Train)).Message,
            Path.Combine(_folder, "train.bin"));
    }

    [TestMethod]
    public void A_truncated_file_is_named_with_its_size()
    {
        WriteNames("fine_label_names.txt", 100);
        WriteNames("coarse_label_names.txt", 20);
        File.WriteAllBytes(Path.Combine(_folder, "train.bin"), new byte[3074 * 2 - 1]);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => CifarFiles.Find100(_folder, CifarSplit.Train)).Message;
        StringAssert.Contains(message, "train.bin has 6147 bytes; it must hold one or more whole records of 3074 bytes");
        File.WriteAllBytes(Path.Combine(_folder, "train.bin"), []);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => CifarFiles.Find100(_folder, CifarSplit.Train)).Message,
            "train.bin has 0 bytes");
    }

    [TestMethod]
    public void A_file_that_shrinks_while_it_is_read_is_named()
    {
        Write("train.bin", 2);
        WriteNames("fine_label_names.txt", 100);
        WriteNames("coarse_label_names.txt", 20);
        using IImageRows records = CifarFiles.Find100(_folder, CifarSplit.Train).Open();
        File.WriteAllBytes(Path.Combine(_folder, "train.bin"), new byte[3074]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => records.ReadImage(1, new byte[3072])).Message,
            "train.bin ends within row 1");
    }

    [TestMethod]
    public void A_foreign_file_is_named_with_its_row()
    {
        WriteNames("fine_label_names.txt", 100);
        WriteNames("coarse_label_names.txt", 20);
        var bytes = new byte[3074 * 3];
        bytes[3074 + 1] = 213;
        File.WriteAllBytes(Path.Combine(_folder, "train.bin"), bytes);
        using IImageRows records = CifarFiles.Find100(_folder, CifarSplit.Train).Open();
        Assert.AreEqual(0, records.ReadLabel(0, 0));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => records.ReadLabel(1, 0)).Message,
            "train.bin: row 1 has FineLabel 213; it must be 0 to 99");
    }

    [TestMethod]
    public void Too_few_class_names_are_told()
    {
        WriteNames("fine_label_names.txt", 99);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => CifarFiles.Find100(_folder, CifarSplit.Train)).Message,
            "fine_label_names.txt names 99 classes; there must be 100");
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
        => File.WriteAllBytes(Path.Combine(_folder, name), [.. Enumerable.Range(first, rows)
            .SelectMany(row => Enumerable.Range(0, labels).Select(label => (byte)((row + label) % 10)).Concat(Pixels(row)))]);

    private void WriteNames(string name, int count)
        => File.WriteAllLines(Path.Combine(_folder, name), Enumerable.Range(0, count).Select(i => $"class_{i}"));
}
