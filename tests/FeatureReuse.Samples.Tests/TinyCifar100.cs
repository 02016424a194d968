namespace FeatureReuse.Samples.Tests;

/// <summary>A folder in the layout of CIFAR-100 with few images a class, each class of a colour of its own.</summary>
internal static class TinyCifar100
{
    private const int Classes = 100;
    private const int Pixels = 32 * 32;

    public static string Write(string parent)
    {
        string folder = Directory.CreateDirectory(Path.Combine(parent, "cifar-100-binary")).FullName;
        File.WriteAllLines(Path.Combine(folder, "fine_label_names.txt"), Enumerable.Range(0, Classes).Select(c => $"class{c}"));
        File.WriteAllLines(Path.Combine(folder, "coarse_label_names.txt"), Enumerable.Range(0, 20).Select(c => $"group{c}"));
        WriteImages(Path.Combine(folder, "train.bin"), 10, seed: 1);
        WriteImages(Path.Combine(folder, "test.bin"), 4, seed: 2);
        return folder;
    }

    private static void WriteImages(string path, int count, int seed)
    {
        var random = new Random(seed);
        using FileStream file = File.Create(path);
        for (int i = 0; i < count * Classes; i++)
        {
            int label = i % Classes;
            byte[] record = new byte[2 + 3 * Pixels];
            random.NextBytes(record);
            (record[0], record[1]) = ((byte)(label / 5), (byte)label);
            for (int channel = 0; channel < 3; channel++)
                record.AsSpan(2 + channel * Pixels, Pixels / 2).Fill((byte)((label * (channel + 3) * 37) % 256));
            file.Write(record);
        }
    }
}
