using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One index as the bridge takes it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeIndex
{
    public long Start;
    public long Stop;
    public long Step;
    public IntPtr Tensor;
    public IndexKind Kind;
}

/// <summary>The kinds of indices.</summary>
internal enum IndexKind
{
    NewAxis = 0,
    Ellipsis = 1,
    Single = 2,
    Bool = 3,
    Slice = 4,
    Tensor = 5,
}
