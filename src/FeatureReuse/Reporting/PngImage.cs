using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace FeatureReuse;

/// <summary>Encodes planes of bytes as a PNG file: the first three channels, or the first as grey where there are fewer.</summary>
internal static class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] Encode(ImageShape shape, ReadOnlySpan<byte> planes)
    {
        int channels = shape.Channels >= 3 ? 3 : 1;
        int plane = shape.Height * shape.Width;
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] line = new byte[1 + shape.Width * channels];
            // The first byte of a line is the number of its filter: 0, none.
            for (int y = 0; y < shape.Height; y++)
            {
                for (int i = 1; i < line.Length; i++)
                    line[i] = planes[(i - 1) % channels * plane + y * shape.Width + (i - 1) / channels];
                deflate.Write(line);
            }
        }
        byte[] header = [.. BigEndian((uint)shape.Width), .. BigEndian((uint)shape.Height), 8, (byte)(channels == 3 ? 2 : 0), 0, 0, 0];
        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian((uint)data.Length), .. content, .. BigEndian(Crc32.HashToUInt32(content))];
    }

    private static byte[] BigEndian(uint value) => BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(value));
}
