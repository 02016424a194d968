using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp.Interop;

/// <summary>A random generator, or none for the default one, kept alive during the call.</summary>
[CustomMarshaller(typeof(torch.Generator), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static class GeneratorMarshaller
{
    internal ref struct In
    {
        private torch.Generator? _generator;

        public void FromManaged(torch.Generator? generator) => _generator = generator;

        public readonly IntPtr ToUnmanaged() => _generator?.Handle ?? IntPtr.Zero;

        public readonly void Free() => GC.KeepAlive(_generator);
    }
}
