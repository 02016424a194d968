using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.Interop;

/// <summary>A device, or none, as the bridge takes it.</summary>
[CustomMarshaller(typeof(torch.Device), MarshalMode.ManagedToUnmanagedIn, typeof(DeviceMarshaller))]
internal static class DeviceMarshaller
{
    public static long ConvertToUnmanaged(torch.Device? device)
        => device is null ? long.MinValue : ((long)device.type << 32) | (uint)device.index;
}
