using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.Interop;

/// <summary>A number as the bridge takes it; kind 0 is none.</summary>
internal readonly record struct NativeNumber(long Bits, int Kind)
{
    internal const int Integer = 1;
    internal const int Real = 2;
    internal const int Boolean = 3;
}

/// <summary>A scalar, or none, as the bridge takes it.</summary>
[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    public static NativeNumber ConvertToUnmanaged(Scalar? scalar) => scalar is null ? default : scalar.Number;
}
