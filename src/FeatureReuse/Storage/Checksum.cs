using System.Numerics;
using System.Runtime.InteropServices;

namespace FeatureReuse;

/// <summary>CRC-32C, which finds what a disk or a wire changed; it is no protection against intent.</summary>
internal struct Checksum
{
    private uint _state;

    public Checksum() => _state = ~0u;

    public readonly uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            state = BitOperations.Crc32C(state, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
            state = BitOperations.Crc32C(state, rest);
        _state = state;
    }
}
