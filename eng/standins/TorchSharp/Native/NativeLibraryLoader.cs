using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds the bridge and libtorch, and says what to do where they are missing or unfit.</summary>
internal static class NativeLibraryLoader
{
    internal const string Name = "LibTorchSharp";
    private const string Remedy = "Run eng/setup.sh (LIBTORCH=<folder> eng/setup.sh for another libtorch) and build again.";
    private static readonly Version Oldest = new(1, 13);
    private static readonly Lock Gate = new();
    private static IntPtr s_library;

#pragma warning disable CA2255 // the resolver must be there before the first native call, whichever it is
    [ModuleInitializer]
    internal static void Register()
        => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, (name, _, _) => name == Name ? Load() : IntPtr.Zero);
#pragma warning restore CA2255

    /// <summary>The version of libtorch that is loaded.</summary>
    internal static string LibtorchVersion => Text(Call("loaded_version")) is { Length: > 0 } version ? version : Text(Call("compiled_version"));

    private static IntPtr Load()
    {
        lock (Gate)
        {
            if (s_library == IntPtr.Zero)
            {
                string folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location) is { Length: > 0 } found ? found : AppContext.BaseDirectory;
                // Beside this assembly, or where packages keep native files.
                string file = Path.Combine(folder, $"lib{Name}.so");
                string packed = Path.Combine(folder, "runtimes", "linux-x64", "native", $"lib{Name}.so");
                file = !File.Exists(file) && File.Exists(packed) ? packed : file;
                if (!File.Exists(file))
                {
                    throw new DllNotFoundException($"The bridge to libtorch, {file}, does not exist. {Remedy}");
                }
                try
                {
                    s_library = NativeLibrary.Load(file);
                }
                catch (DllNotFoundException failure)
                {
                    throw new DllNotFoundException($"libtorch is missing, or is not the one that {file} was built for: {failure.Message} {Remedy}", failure);
                }
                CheckVersion();
            }
            return s_library;
        }
    }

    private static void CheckVersion()
    {
        string loaded = LibtorchVersion;
        string compiled = Text(Call("compiled_version"));
        if (MajorMinor(loaded) < Oldest)
        {
            throw new NotSupportedException($"libtorch {loaded} is loaded; {Oldest} or newer is wanted. {Remedy}");
        }
        if (MajorMinor(loaded) != MajorMinor(compiled))
        {
            throw new NotSupportedException($"libtorch {loaded} is loaded, but the bridge was built for {compiled}. {Remedy}");
        }
    }

    /// <summary>"2.2.1+cu121" as 2.2.</summary>
    private static Version MajorMinor(string version)
    {
        string[] parts = version.Split('.', '+', 'a');
        return new Version(int.Parse(parts[0], null), int.Parse(parts[1], null));
    }

    private static string Text(IntPtr text) => Marshal.PtrToStringUTF8(text) ?? "";

    private static unsafe IntPtr Call(string function)
        => ((delegate* unmanaged<IntPtr>)NativeLibrary.GetExport(s_library == IntPtr.Zero ? Load() : s_library, function))();
}
