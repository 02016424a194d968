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

    /// <summary>In the order of their dependencies, and loaded before the bridge, which would find the system's libtorch.</summary>
    private static readonly string[] LibtorchFiles = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    private static readonly Lock Gate = new();
    private static readonly List<string> Attempts = [];
    private static nint s_bridge;

    public static string HowLoaded
        => s_bridge == 0 ? "as it is" : $"with {WeakVersion.Name} of libstdc++ made optional, since this system's is older";

    /// <summary>Gets the version of libtorch that TorchSharp needs, such as "2.10.0.0", without loading any.</summary>
    public static string? ExpectedVersion
        => typeof(torch).GetField("libtorchPackageVersion", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string;

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

    /// <summary>Loads the native libraries ahead of TorchSharp, which copies half a gigabyte on a failure; returns what is wrong.</summary>
    public static string? Load()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        bool isFound = RuntimeInformation.ProcessArchitecture == Architecture.X64 && LoadDiagnosis.Collect([]).Foreign is null;
        if (isFound)
        {
            Try(LoadLibtorch);
            isFound = NativeContext.IsLibtorchFound;
        }
        // A libtorch of another version loads, and ends the process at the first call that it lacks.
        string? version = isFound ? NativeContext.Version : null;
        if (version is not null && ExpectedVersion is { } expected && !expected.StartsWith(version + ".", StringComparison.Ordinal))
            return LoadDiagnosis.Collect(Attempts).WrongVersion(version, expected);
        return isFound && NativeLibrary.TryLoad(Bridge, typeof(torch).Assembly, null, out _) ? null
            : LoadDiagnosis.Collect(Attempts).Explain();
    }

    public static string? Find(string file) => Folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>Loads the files by their paths, since LD_LIBRARY_PATH may lead to others of the same names.</summary>
    private static void LoadLibtorch()
    {
        foreach (string file in LibtorchFiles)
            NativeLibrary.Load(Find(file) ?? throw new DllNotFoundException($"{file} is in none of the folders"));
    }

    private static nint Resolve(Assembly asking, string name)
    {
        if (name != Bridge)
            return 0;
        lock (Gate)
        {
            if (s_bridge == 0 && Find($"lib{Bridge}.so") is { } file)
            {
                Try(() =>
                {
                    LoadLibtorch();
                    s_bridge = WeakVersion.Load(file);
                });
            }
            return s_bridge;
        }
    }

    private static void Try(Action load)
    {
        try
        {
            load();
        }
        catch (Exception failure)
            when (failure is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            Attempts.Add(failure.Message);
        }
    }
}
