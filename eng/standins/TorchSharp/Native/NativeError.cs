using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>A failure inside libtorch as an exception.</summary>
internal static class NativeError
{
    /// <summary>Throws what the last native call of this thread failed of, if it failed.</summary>
    internal static void Check()
    {
        if (Marshal.PtrToStringUTF8(Native.last_error()) is { } message)
        {
            throw new ExternalException(message);
        }
    }
}
