using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace FeatureReuse;

/// <summary>Planes of bytes as a PNG file.</summary>
internal static class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] Encode(ImageShape shape, ReadOnlySpan<byte> planes)
    {
        int channels = shape.Channels >= 3 ? 3 : 1;
        int plane = shape.Height * shape.Width;
        // Each line begins with the number of its filter: none.
        byte[] lines = new byte[shape.Height * (1 + shape.Width * channels)];
        int place = 0;
        for (int y = 0; y < shape.Height; y++)
        {
            place++;
            for (int x = 0; x < shape.Width; x++)
            {
                for (int channel = 0; channel < channels; channel++)
                    lines[place++] = planes[channel * plane + y * shape.Width + x];
            }
        }
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(lines);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, shape.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), shape.Height);
        header[8] = 8;
        header[9] = (byte)(channels == 3 ? 2 : 0);
        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }
}
