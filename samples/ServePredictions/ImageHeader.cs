using System.Buffers.Binary;

namespace ServePredictions;

/// <summary>The size that a PNG or JPEG file claims, before anything is decoded.</summary>
internal static class ImageHeader
{
    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8];

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Width and height; null if it is neither.</summary>
    public static (long Width, long Height)? SizeOf(ReadOnlySpan<byte> file)
        => file.StartsWith(PngSignature) && file.Length >= 24 ? (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]))
            : file.StartsWith(JpegSignature) ? JpegSizeOf(file) : null;

    /// <summary>Of the first frame: segments come as FF, kind, length.</summary>
    private static (long Width, long Height)? JpegSizeOf(ReadOnlySpan<byte> file)
    {
        int at = 2;
        while (at + 9 <= file.Length && file[at] == 0xFF)
        {
            byte kind = file[at + 1];
            if (kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            }
            at += kind == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return null;
    }
}
