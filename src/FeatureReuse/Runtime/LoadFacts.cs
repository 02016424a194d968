using System.Runtime.InteropServices;

namespace FeatureReuse;

/// <summary>Holds what is known about the system when libtorch could not be loaded.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Architecture">Of the process.</param>
/// <param name="IsMusl">Whether the C library is musl, as on Alpine.</param>
/// <param name="Folders">Where the runtime looks for native libraries.</param>
/// <param name="Bridge">The path of TorchSharp's native library, or null where no folder has it.</param>
/// <param name="Libtorch">The path of libtorch_cpu, or null where no folder has it or what it needs beside it.</param>
/// <param name="Mapped">The paths of every libtorch that the process holds.</param>
/// <param name="Errors">What the dynamic linker said.</param>
internal sealed record LoadFacts(
    string System, Architecture Architecture, bool IsMusl, IReadOnlyList<string> Folders, string? Bridge, string? Libtorch,
    IReadOnlyList<string> Mapped, IReadOnlyList<string> Errors)
{
    private const string MappedFiles = "/proc/self/maps";

    /// <summary>
    /// A libtorch of another place than the program's, which the process holds; null where there is none. Compared by size, since a path may lead through
    /// links.
    /// </summary>
    public string? Foreign => Libtorch is null ? null
        : Mapped.FirstOrDefault(path => path != Libtorch && (!File.Exists(path) || SizeOf(path) != SizeOf(Libtorch)));

    public static bool IsLibtorchLoaded => MappedLibtorch().Count > 0;

    public static LoadFacts Collect(IReadOnlyList<string> errors)
    {
        (string before, string after) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        string? bridge = NativeTorch.Find($"{before}LibTorchSharp{after}");
        bool isWhole = NativeTorch.Find($"{before}torch{after}") is not null && NativeTorch.Find($"{before}c10{after}") is not null;
        string? libtorch = isWhole ? NativeTorch.Find($"{before}torch_cpu{after}") : null;
        bool isMusl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        return new(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture, isMusl, NativeTorch.Folders, bridge, libtorch,
            MappedLibtorch(), errors);
    }

    private static long SizeOf(string path) => (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length;

    private static IReadOnlyList<string> MappedLibtorch()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(MappedFiles))
            return [];
        return [.. File.ReadLines(MappedFiles).Where(line => line.Contains("/libtorch_cpu.so", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/')..]).Distinct()];
    }
}
