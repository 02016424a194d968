using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace FeatureReuse;

/// <summary>
/// Loads TorchSharp's native library also where the system's libstdc++ is older than GCC 13's, as on Debian 12, Ubuntu 22.04 and RHEL 9. There the ordinary
/// load fails, and the runtime asks the handler of this class.
/// </summary>
internal static class NativeTorch
{
    private const string Bridge = "LibTorchSharp";
    private const string BridgeFile = "libLibTorchSharp.so";

    /// <summary>In the order in which they need each other; loaded before the bridge, which would find a libtorch of the system's instead.</summary>
    private static readonly string[] LibtorchFiles = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    private static readonly Lock Gate = new();
    private static readonly List<string> Attempts = [];
    private static nint s_bridge;

    /// <summary>Gets how TorchSharp's native library was loaded: unchanged, or with the version of libstdc++ that this system lacks made optional.</summary>
    public static string HowLoaded
        => s_bridge == 0 ? "as it is" : $"with {WeakVersion.Name} of libstdc++ made optional, since this system's is older";

    /// <summary>Runs before anything else of this library, and in C# programs before Main.</summary>
#pragma warning disable CA2255 // Native libraries are loaded once a process, at the first use of torch, which may be the program's own.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare()
    {
        ReproducibleProducts.Choose();
        if (OperatingSystem.IsLinux() && AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) is { } context)
            context.ResolvingUnmanagedDll += Resolve;
    }

    /// <summary>Loads the native libraries ahead of TorchSharp, whose own attempts to mend a failure copy half a gigabyte.</summary>
    /// <exception cref="LibtorchMissingException">They cannot be loaded, or libtorch has the wrong version.</exception>
    public static void Load()
    {
        if (!OperatingSystem.IsLinux())
            return;
        bool isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        if (!isX64 || LoadFacts.Collect([]).Foreign is not null || !TryLoadLibtorch(out nint libtorch))
            throw new LibtorchMissingException(LoadDiagnosis.Explain(LoadFacts.Collect(Attempts)));
        // A libtorch of another version loads, and ends the process at the first call that it lacks.
        string? found = NativeContext.VersionOf(libtorch);
        if (found is not null && ExpectedVersion is { } expected && !expected.StartsWith(found + ".", StringComparison.Ordinal))
            throw new LibtorchMissingException(LoadDiagnosis.WrongVersion(found, expected, LoadFacts.Collect(Attempts)));
        if (!NativeLibrary.TryLoad(Bridge, typeof(torch).Assembly, null, out _))
            throw new LibtorchMissingException(LoadDiagnosis.Explain(LoadFacts.Collect(Attempts)));
    }

    /// <summary>
    /// The version of libtorch that this TorchSharp is built on, as in "2.10.0.0"; read without running TorchSharp's initialiser, which loads libtorch.
    /// </summary>
    public static string? ExpectedVersion
        => typeof(torch).GetField("libtorchPackageVersion", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string;

    /// <summary>The folders in which the runtime looks for native libraries.</summary>
    public static IReadOnlyList<string> Folders =>
    [
        .. new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "" }
            .Concat((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator))
            .Where(folder => folder.Length > 0).Select(folder => Path.TrimEndingDirectorySeparator(folder)).Distinct(),
    ];

    public static string? Find(string file) => Folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>By their paths, since LD_LIBRARY_PATH may lead to others of the same names.</summary>
    private static void LoadLibtorch()
    {
        foreach (string file in LibtorchFiles)
            NativeLibrary.Load(Find(file) ?? throw new DllNotFoundException($"{file} is in none of the folders"));
    }

    private static bool TryLoadLibtorch(out nint libtorch)
    {
        try
        {
            LoadLibtorch();
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            Attempts.Add(failure.Message);
        }
        return NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out libtorch);
    }

    private static nint Resolve(Assembly asking, string name)
    {
        if (name != Bridge)
            return 0;
        lock (Gate)
        {
            if (s_bridge == 0 && Find(BridgeFile) is { } bridge)
            {
                try
                {
                    LoadLibtorch();
                    s_bridge = WeakVersion.Load(bridge);
                }
                catch (Exception failure)
                    when (failure is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
                {
                    Attempts.Add(failure.Message);
                }
            }
            return s_bridge;
        }
    }
}
