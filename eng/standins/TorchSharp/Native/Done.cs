using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.Interop;

/// <summary>What a native function returns that only succeeds or fails; failing throws.</summary>
[NativeMarshalling(typeof(DoneMarshaller))]
internal readonly struct Done;

/// <summary>Throws for false.</summary>
[CustomMarshaller(typeof(Done), MarshalMode.ManagedToUnmanagedOut, typeof(DoneMarshaller))]
internal static class DoneMarshaller
{
    public static Done ConvertToManaged(byte succeeded)
    {
        if (succeeded == 0)
        {
            NativeError.Check();
        }
        return default;
    }
}
