using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Images;

/// <summary>Images at another size, or in gray.</summary>
internal static class ImageResizing
{
    private const int PixelSize = 4;

    public static MLImage Resize(MLImage image, int width, int height, ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor) =>
        kind == ImageResizingEstimator.ResizingKind.Fill ? Stretch(image, width, height) : Fit(image, width, height, kind, anchor);

    public static MLImage ToGray(MLImage image)
    {
        ReadOnlySpan<byte> from = image.Pixels;
        (int red, int green, int blue) = image.ColorOffsets;
        var to = new byte[from.Length];
        for (int i = 0; i < to.Length; i += PixelSize)
        {
            float gray = (0.3f * from[i + red]) + (0.59f * from[i + green]) + (0.11f * from[i + blue]);
            to.AsSpan(i, 3).Fill((byte)(gray + 0.5f));
            to[i + 3] = from[i + 3];
        }
        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Bgra32, to);
    }

    /// <summary>Each pixel is the one nearest to it: so stretching is defined.</summary>
    private static MLImage Stretch(MLImage image, int width, int height)
    {
        ReadOnlySpan<byte> from = image.Pixels;
        var to = new byte[width * height * PixelSize];
        for (int y = 0; y < height; y++)
        {
            int row = (int)((y + 0.5) * image.Height / height) * image.Width;
            for (int x = 0; x < width; x++)
            {
                int column = (int)((x + 0.5) * image.Width / width);
                from.Slice((row + column) * PixelSize, PixelSize).CopyTo(to.AsSpan(((y * width) + x) * PixelSize));
            }
        }
        return MLImage.CreateFromPixels(width, height, image.PixelFormat, to);
    }

    /// <summary>Keeps the aspect ratio: the whole image with black beside it, or a part of the image that covers everything.</summary>
    private static MLImage Fit(MLImage image, int width, int height, ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor)
    {
        float widthRatio = (float)width / image.Width;
        float heightRatio = (float)height / image.Height;
        bool pad = kind == ImageResizingEstimator.ResizingKind.IsoPad;
        bool slackInWidth = heightRatio < widthRatio == pad;
        float ratio = pad ? Math.Min(widthRatio, heightRatio) : Math.Max(widthRatio, heightRatio);
        float slack = slackInWidth ? width - (image.Width * ratio) : height - (image.Height * ratio);
        int offset = (pad, slackInWidth, anchor) switch
        {
            (false, true, ImageResizingEstimator.Anchor.Left) or (false, false, ImageResizingEstimator.Anchor.Top) => 0,
            (false, true, ImageResizingEstimator.Anchor.Right) or (false, false, ImageResizingEstimator.Anchor.Bottom) => (int)slack,
            _ => (int)(slack / 2),
        };

        using GdBitmap bitmap = GdBitmap.From(image);
        using GdBitmap scaled = bitmap.Scale((int)(image.Width * ratio), (int)(image.Height * ratio));
        byte[] from = scaled.ToBgra();
        var to = new byte[width * height * PixelSize];
        int left = slackInWidth ? offset : 0;
        int top = slackInWidth ? 0 : offset;
        int firstColumn = Math.Max(0, left);
        int columns = Math.Min(width, left + scaled.Width) - firstColumn;
        for (int y = Math.Max(0, top); y < Math.Min(height, top + scaled.Height); y++)
        {
            from.AsSpan((((y - top) * scaled.Width) + firstColumn - left) * PixelSize, columns * PixelSize)
                .CopyTo(to.AsSpan(((y * width) + firstColumn) * PixelSize));
        }
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, to);
    }
}
