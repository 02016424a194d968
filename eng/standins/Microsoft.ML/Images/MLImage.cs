using Microsoft.ML.Images;

namespace Microsoft.ML.Data;

/// <summary>A decoded image: rows of four-byte pixels from the top, colours multiplied by alpha.</summary>
public sealed class MLImage : IDisposable
{
    private const int PixelSize = 4;

    private byte[]? _pixels;

    private MLImage(int width, int height, MLPixelFormat format, byte[] pixels)
    {
        _pixels = pixels;
        Width = width;
        Height = height;
        PixelFormat = format;
    }

    public int Width { get { ThrowIfDisposed(); return field; } }

    public int Height { get { ThrowIfDisposed(); return field; } }

    public MLPixelFormat PixelFormat { get { ThrowIfDisposed(); return field; } }

    public int BitsPerPixel { get { ThrowIfDisposed(); return PixelSize * 8; } }

    public ReadOnlySpan<byte> Pixels => Alive;

    public string Tag
    {
        get { ThrowIfDisposed(); return field; }
        set { ThrowIfDisposed(); field = value; }
    } = null!;

    /// <summary>Three bytes a pixel, colours not multiplied by alpha.</summary>
    public byte[] GetBGRPixels
    {
        get
        {
            var pixels = new byte[Width * Height * 3];
            (int red, int green, int blue) = ColorOffsets;
            for (int from = 0, to = 0; from < Alive.Length; from += PixelSize)
            {
                byte alpha = Alive[from + 3];
                pixels[to++] = Alpha.Divide(Alive[from + blue], alpha);
                pixels[to++] = Alpha.Divide(Alive[from + green], alpha);
                pixels[to++] = Alpha.Divide(Alive[from + red], alpha);
            }
            return pixels;
        }
    }

    internal (int Red, int Green, int Blue) ColorOffsets => PixelFormat == MLPixelFormat.Bgra32 ? (2, 1, 0) : (0, 1, 2);

    private byte[] Alive => _pixels ?? throw new InvalidOperationException("Object is disposed.");

    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        using var memory = new MemoryStream();
        imageStream.CopyTo(memory);
        return Decode(memory.ToArray()) ?? throw new ArgumentException("Invalid input stream contents", nameof(imageStream));
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        byte[] encoded = File.Exists(imagePath) ? File.ReadAllBytes(imagePath) : [];
        return Decode(encoded) ?? throw new ArgumentException("Invalid path", nameof(imagePath));
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
        {
            throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat));
        }
        if (width <= 0)
        {
            throw new ArgumentException("Invalid width value.", nameof(width));
        }
        if (height <= 0)
        {
            throw new ArgumentException("Invalid height value.", nameof(height));
        }
        if (imagePixelData.Length != width * height * PixelSize)
        {
            throw new ArgumentException($"Invalid {nameof(imagePixelData)} buffer size.");
        }
        return new MLImage(width, height, pixelFormat, imagePixelData.ToArray());
    }

    public void Save(string imagePath)
    {
        ThrowIfDisposed();
        byte[] encoded = Encode(imagePath);
        File.WriteAllBytes(imagePath, encoded);
    }

    public void Dispose() => _pixels = null;

    private byte[] Encode(string imagePath)
    {
        using GdBitmap bitmap = GdBitmap.From(this);
        return Path.GetExtension(imagePath).ToUpperInvariant() switch
        {
            ".PNG" => bitmap.EncodeAsPng(),
            ".JPG" or ".JPEG" => bitmap.EncodeAsJpeg(),
            ".BMP" or ".GIF" or ".ICO" or ".WEBP" => throw new ArgumentException(
                $"Saving image with the format '{Path.GetExtension(imagePath)}' is not supported. Try save it with `Jpeg` or `Png` format.", nameof(imagePath)),
            _ => throw new ArgumentException("Path has invalid image file extension.", nameof(imagePath)),
        };
    }

    private static MLImage? Decode(byte[] encoded)
    {
        using GdBitmap? bitmap = GdBitmap.Decode(encoded);
        return bitmap is null ? null : new MLImage(bitmap.Width, bitmap.Height, MLPixelFormat.Bgra32, bitmap.ToBgra());
    }

    private void ThrowIfDisposed() => _ = Alive;
}
