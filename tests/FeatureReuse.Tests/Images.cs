namespace FeatureReuse.Tests;

/// <summary>Small labelled images that a network can learn: each class is bright in a plane or a half of its own, under noise.</summary>
internal static class Images
{
    public static readonly ImageShape Shape = new(3, 8, 8);

    public static ImageStore Learnable(int count, int classes = 3, int seed = 1, PixelType pixelType = PixelType.Byte)
    {
        var random = new Random(seed);
        var builder = new ImageStoreBuilder(Shape, pixelType, [.. Enumerable.Range(0, classes).Select(c => $"class {c}")]);
        for (int row = 0; row < count; row++)
        {
            int label = row % classes;
            var bytes = new byte[Shape.Size];
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)(random.Next(120) + (i * classes / bytes.Length == label ? 60 : 0));
            if (pixelType == PixelType.Byte)
                builder.Add(bytes, label);
            else
                builder.Add([.. bytes.Select(value => (float)value)], label);
        }
        return builder.Build();
    }
}
