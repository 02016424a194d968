using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>What concerns the whole process.</summary>
internal static partial class Native
{
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial IntPtr last_error();
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial int threads();
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done set_threads(int count);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial int interop_threads();
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done set_interop_threads(int count);
    [LibraryImport(NativeLibraryLoader.Name)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool gradients_enabled();
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial void enable_gradients([MarshalAs(UnmanagedType.U1)] bool enabled);
    [LibraryImport(NativeLibraryLoader.Name)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool cuda_available();
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial int cuda_devices();
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done cuda_seed(long seed);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done cuda_synchronize(int index);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done seed(long seed);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial IntPtr default_generator();
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial IntPtr new_generator(ulong seed, Device device);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial void free_generator(IntPtr generator);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial Done generator_seed(Generator generator, ulong seed);
    [LibraryImport(NativeLibraryLoader.Name)] internal static partial long generator_initial_seed(Generator generator);
}
