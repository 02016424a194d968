using System.Runtime.CompilerServices;

namespace FeatureReuse;

/// <summary>Holds floats that start on a cache line, so that no vector crosses from one line to the next.</summary>
internal sealed class AlignedFloats
{
    private const int CacheLine = 64;

    private readonly float[] _array;
    private readonly int _start;

    public AlignedFloats(int length)
    {
        Length = length;
        // A pinned array does not move.
        _array = GC.AllocateArray<float>(length + CacheLine / sizeof(float), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((CacheLine - address % CacheLine) % CacheLine / sizeof(float));
    }

    public int Length { get; }
    public Span<float> Span => _array.AsSpan(_start, Length);
    public Memory<float> Memory => _array.AsMemory(_start, Length);
    public ref float this[int index] => ref Span[index];

    /// <summary>Gets a reference to the first float.</summary>
    public ref float Reference => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);
}
