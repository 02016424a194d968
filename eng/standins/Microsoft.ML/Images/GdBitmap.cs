using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Images;

/// <summary>An image in libgd's memory, for the time of decoding, encoding or scaling it.</summary>
internal sealed class GdBitmap : IDisposable
{
    private const int OpaqueAlpha = 0;
    private const int LargestAlpha = 127;
    private const int BestQuality = 100;

    private readonly nint _image;

    private GdBitmap(nint image)
    {
        _image = image;
        Gd.GetClip(image, out _, out _, out int right, out int bottom);
        Width = right + 1;
        Height = bottom + 1;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Null where the bytes are no PNG or JPEG image.</summary>
    public static GdBitmap? Decode(byte[] encoded)
    {
        Gd.Require();
        nint image = encoded switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => Gd.DecodePng(encoded.Length, encoded),
            [0xFF, 0xD8, 0xFF, ..] => Gd.DecodeJpeg(encoded.Length, encoded),
            _ => 0,
        };
        return image == 0 ? null : new GdBitmap(image);
    }

    public static GdBitmap From(MLImage image)
    {
        Gd.Require();
        var bitmap = new GdBitmap(Gd.Create(image.Width, image.Height));
        Gd.SetAlphaBlending(bitmap._image, 0);
        Gd.SetSaveAlpha(bitmap._image, 1);
        ReadOnlySpan<byte> pixels = image.Pixels;
        (int red, int green, int blue) = image.ColorOffsets;
        for (int y = 0, from = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++, from += 4)
            {
                int alpha = pixels[from + 3];
                int color = (Alpha.Divide(pixels[from + red], alpha) << 16) | (Alpha.Divide(pixels[from + green], alpha) << 8) | Alpha.Divide(pixels[from + blue], alpha);
                Gd.SetPixel(bitmap._image, x, y, ((LargestAlpha - (alpha >> 1)) << 24) | color);
            }
        }
        return bitmap;
    }

    public GdBitmap Scale(int width, int height)
    {
        nint scaled = Gd.SetInterpolation(_image, Gd.MitchellFilter) != 0 ? Gd.Scale(_image, (uint)width, (uint)height) : 0;
        return scaled != 0 ? new GdBitmap(scaled) : throw new InvalidOperationException("Couldn't resize the image");
    }

    public byte[] ToBgra()
    {
        var pixels = new byte[Width * Height * 4];
        for (int y = 0, to = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++, to += 4)
            {
                int color = Gd.GetPixel(_image, x, y);
                int transparency = (color >> 24) & LargestAlpha;
                int alpha = transparency == OpaqueAlpha ? 255 : (LargestAlpha - transparency) << 1;
                pixels[to] = Alpha.Multiply(color & 0xFF, alpha);
                pixels[to + 1] = Alpha.Multiply((color >> 8) & 0xFF, alpha);
                pixels[to + 2] = Alpha.Multiply((color >> 16) & 0xFF, alpha);
                pixels[to + 3] = (byte)alpha;
            }
        }
        return pixels;
    }

    public byte[] EncodeAsPng() => Take(Gd.EncodePng(_image, out int size), size);

    public byte[] EncodeAsJpeg() => Take(Gd.EncodeJpeg(_image, out int size, BestQuality), size);

    public void Dispose() => Gd.Destroy(_image);

    private static byte[] Take(nint data, int size)
    {
        var encoded = new byte[size];
        Marshal.Copy(data, encoded, 0, size);
        Gd.Free(data);
        return encoded;
    }
}
