using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Images;

/// <summary>Which colours of the pixels become values of a vector, in which order and scale.</summary>
internal sealed record PixelExtraction(
    ImagePixelExtractingEstimator.ColorBits Colors, ImagePixelExtractingEstimator.ColorsOrder Order, bool Interleave, float Offset, float Scale, bool AsFloats)
{
    public NumberDataViewType ItemType => AsFloats ? NumberDataViewType.Single : NumberDataViewType.Byte;

    private string Channels => string.Concat(Order.ToString().Where(color => Colors.HasFlag(color switch
    {
        'A' => ImagePixelExtractingEstimator.ColorBits.Alpha,
        'R' => ImagePixelExtractingEstimator.ColorBits.Red,
        'G' => ImagePixelExtractingEstimator.ColorBits.Green,
        _ => ImagePixelExtractingEstimator.ColorBits.Blue,
    })));

    public void Check()
    {
        Checks.That((Colors & ImagePixelExtractingEstimator.ColorBits.All) != 0, "colorsToExtract", "Need to use at least one color plane.");
        Checks.That(!AsFloats || float.IsFinite(Offset), "offsetImage", $"Must be finite, but is {Offset}.");
        Checks.That(!AsFloats || (float.IsFinite(Scale) && Scale != 0), "scaleImage", $"Must be finite and not 0, but is {Scale}.");
    }

    public VectorDataViewType TypeFor(ImageDataViewType image) => Interleave
        ? new VectorDataViewType(ItemType, image.Height, image.Width, Channels.Length)
        : new VectorDataViewType(ItemType, Channels.Length, image.Height, image.Width);

    public void Extract(MLImage image, Span<byte> target) => Extract(image, target, value => value);

    public void Extract(MLImage image, Span<float> target) => Extract(image, target, value => (value - Offset) * Scale);

    private void Extract<T>(MLImage image, Span<T> target, Func<byte, T> convert)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        (int red, int green, int blue) = image.ColorOffsets;
        T[] values = [.. Enumerable.Range(0, 256).Select(value => convert((byte)value))];
        string channels = Channels;
        int count = pixels.Length / 4;
        for (int channel = 0; channel < channels.Length; channel++)
        {
            int from = channels[channel] switch { 'A' => 3, 'R' => red, 'G' => green, _ => blue };
            int to = Interleave ? channel : channel * count;
            int step = Interleave ? channels.Length : 1;
            for (int pixel = 0; pixel < count; pixel++, from += 4, to += step)
            {
                target[to] = values[pixels[from]];
            }
        }
    }
}
