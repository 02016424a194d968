using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;
using SkiaSharp;

namespace ServePredictions;

/// <summary>
/// Decodes uploaded files. It refuses a PNG file that is cut off, of which MLImage.CreateFromStream leaves the rest blank; a JPEG file that
/// is cut off cannot be recognized.
/// </summary>
internal static class UploadedImage
{
    /// <summary>Decodes a whole JPEG or PNG file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mostPixels">The largest image to decode; small files can claim huge ones.</param>
    /// <param name="image">The image, which the caller disposes.</param>
    /// <param name="problem">What is wrong with the file.</param>
    public static bool TryDecode(
        byte[] file, long mostPixels, [NotNullWhen(true)] out MLImage? image, [NotNullWhen(false)] out string? problem)
    {
        image = null;
        using SKData data = SKData.CreateCopy(file);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png))
        {
            problem = file.Length == 0 ? "It is empty." : $"Its {file.Length} bytes do not begin like a JPEG or PNG file.";
            return false;
        }
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > mostPixels)
        {
            problem = $"It has {width} x {height} pixels; at most {mostPixels} are accepted.";
            return false;
        }
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            problem = "It begins like an image, but cannot be decoded to its end.";
            return false;
        }
        image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, bitmap.GetPixelSpan());
        problem = null;
        return true;
    }
}
