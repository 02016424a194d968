using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.Interop;

/// <summary>A tensor as its native handle, kept alive during the call; a null handle that comes back is a failure or no tensor.</summary>
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
[CustomMarshaller(typeof(torch.Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Out))]
internal static class TensorMarshaller
{
    internal ref struct In
    {
        private torch.Tensor? _tensor;

        public void FromManaged(torch.Tensor? tensor) => _tensor = tensor;

        public readonly IntPtr ToUnmanaged() => _tensor is null ? IntPtr.Zero : _tensor.Handle;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }

    internal static class Out
    {
        public static torch.Tensor? ConvertToManaged(IntPtr handle)
        {
            if (handle == IntPtr.Zero)
            {
                NativeError.Check();
                return null;
            }
            return new torch.Tensor(handle);
        }
    }
}
