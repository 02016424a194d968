using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Datasets;

/// <summary>datasets/generated.png shows what the code draws: one line a feature, its four levels with four images each.</summary>
[TestClass]
public sealed class ContactSheetTests
{
    private const int Side = 32;
    private const int ImagesPerLevel = 4;
    private const int Levels = 4;
    private const int Gap = 2;
    private const int GroupGap = 8;
    private static readonly VisualFeatures[] Lines = [VisualFeatures.Orientation, VisualFeatures.SpatialFrequency, VisualFeatures.Colour,
        VisualFeatures.Shape];

    private static int Width => Levels * (ImagesPerLevel * (Side + Gap) + GroupGap) - GroupGap - Gap;

    private static int Height => Lines.Length * (Side + GroupGap) - GroupGap;

    [TestMethod]
    public void The_contact_sheet_is_what_the_code_draws()
    {
        using MLImage sheet = Draw();
        using MLImage? published = File.Exists(Published) ? MLImage.CreateFromFile(Published) : null;
        if (published is null || published.Width != Width || published.Height != Height
            || !published.GetBGRPixels.AsSpan().SequenceEqual(sheet.GetBGRPixels))
        {
            string drawn = Path.Combine(AppContext.BaseDirectory, "generated.png");
            sheet.Save(drawn);
            Assert.Fail($"{Published} is not what the code draws. If the drawing was changed on purpose, copy {drawn} there.");
        }
    }

    private static string Published => Repository.PathOf("datasets", "generated.png");

    private static MLImage Draw()
    {
        byte[] sheet = [.. Enumerable.Repeat((byte)255, 4 * Width * Height)];
        var ml = new MLContext();
        for (int line = 0; line < Lines.Length; line++)
        {
            IDataView images = ml.FeatureReuse.GenerateImages(new() { Features = Lines[line], Count = 1000, Seed = line });
            foreach (var level in images.GetColumn<uint>("Label").Zip(images.GetColumn<byte[]>("Image")).GroupBy(row => row.First))
            {
                byte[][] shown = [.. level.Take(ImagesPerLevel).Select(row => row.Second)];
                int left = ((int)level.Key - 1) * (ImagesPerLevel * (Side + Gap) + GroupGap);
                for (int i = 0; i < shown.Length; i++)
                    Paste(sheet, shown[i], left + i * (Side + Gap), line * (Side + GroupGap));
            }
        }
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, sheet);
    }

    private static void Paste(byte[] sheet, byte[] planes, int left, int top)
    {
        for (int pixel = 0; pixel < Side * Side; pixel++)
        {
            int target = 4 * ((top + pixel / Side) * Width + left + pixel % Side);
            for (int channel = 0; channel < 3; channel++)
                sheet[target + channel] = planes[channel * Side * Side + pixel];
        }
    }
}
