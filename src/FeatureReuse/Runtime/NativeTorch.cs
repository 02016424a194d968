using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace FeatureReuse;

/// <summary>
/// Loads TorchSharp's native library also where the system's libstdc++ is older than that of GCC 13, as on Debian 12, Ubuntu 22.04 and RHEL
/// 9. There the ordinary load fails, and the runtime asks the handler of this class.
/// </summary>
internal static class NativeTorch
{
    private const string Bridge = "LibTorchSharp";

    /// <summary>
    /// Libraries in the order of their dependencies, to be loaded before the bridge, which would find the system's libtorch instead.
    /// </summary>
    private static readonly string[] LibtorchFiles = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    private static readonly Lock Gate = new();
    private static readonly List<string> Attempts = [];
    private static nint s_bridge;

    /// <summary>
    /// Gets how TorchSharp's native library was loaded: unchanged, or without the version of libstdc++ that this system lacks.
    /// </summary>
    public static string HowLoaded
        => s_bridge == 0 ? "as it is" : $"with {WeakVersion.Name} of libstdc++ made optional, since this system's is older";

    /// <summary>Gets the version of libtorch that this TorchSharp is built on, as in "2.10.0.0".</summary>
    /// <remarks>It is read without running TorchSharp's initialiser, which loads libtorch.</remarks>
    public static string? ExpectedVersion
        => typeof(torch).GetField("libtorchPackageVersion", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string;

    /// <summary>Gets the folders in which the runtime looks for native libraries.</summary>
    public static IReadOnlyList<string> Folders =>
    [
        .. new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "" }
            .Concat((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator))
            .Where(folder => folder.Length > 0).Select(Path.TrimEndingDirectorySeparator).Distinct(),
    ];

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

    /// <summary>Loads the native libraries ahead of TorchSharp, whose own attempts to repair a failure copy half a gigabyte.</summary>
    /// <exception cref="LibtorchMissingException">They cannot be loaded, or libtorch has the wrong version.</exception>
    public static void Load()
    {
        if (!OperatingSystem.IsLinux())
            return;
        nint libtorch = 0;
        bool isFound = RuntimeInformation.ProcessArchitecture == Architecture.X64 && LoadFacts.Collect([]).Foreign is null
            && TryLoadLibtorch(out libtorch);
        // A libtorch of another version loads, and ends the process at the first call that it lacks.
        string? version = isFound ? NativeContext.VersionOf(libtorch) : null;
        if (version is not null && ExpectedVersion is { } expected && !expected.StartsWith(version + ".", StringComparison.Ordinal))
            throw new LibtorchMissingException(LoadDiagnosis.WrongVersion(version, expected, LoadFacts.Collect(Attempts)));
        if (!isFound || !NativeLibrary.TryLoad(Bridge, typeof(torch).Assembly, null, out _))
            throw new LibtorchMissingException(LoadDiagnosis.Explain(LoadFacts.Collect(Attempts)));
    }

    public static string? Find(string file) => Folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>Loads the files by their paths, since LD_LIBRARY_PATH may lead to others of the same names.</summary>
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
            try
            {
                if (s_bridge == 0 && Find($"lib{Bridge}.so") is { } file)
                {
                    LoadLibtorch();
                    s_bridge = WeakVersion.Load(file);
                }
            }
            catch (Exception failure)
                when (failure is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
            {
                Attempts.Add(failure.Message);
            }
            return s_bridge;
        }
    }
}
