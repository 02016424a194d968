namespace Microsoft.ML.Images;

/// <summary>Colours with and without their transparency multiplied in.</summary>
internal static class Alpha
{
    public static byte Multiply(int color, int alpha) => (byte)(((color * alpha) + 127) / 255);

    public static byte Divide(int color, int alpha) => alpha switch
    {
        255 => (byte)color,
        0 => 0,
        _ => (byte)Math.Min(255, ((color * 255) + (alpha / 2)) / alpha),
    };
}
