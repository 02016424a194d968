namespace FeatureReuse;

/// <summary>Holds what is known about the system when libtorch could not be loaded.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Architecture">The architecture of the process.</param>
/// <param name="IsMusl">Whether the C library is musl, as on Alpine.</param>
/// <param name="Folders">The folders in which the runtime looks for native libraries.</param>
/// <param name="Bridge">The path of TorchSharp's native library; null if no folder has it.</param>
/// <param name="Libtorch">The path of libtorch_cpu; null if no folder has it with the libraries that it needs.</param>
/// <param name="Mapped">The paths of every libtorch that the process holds.</param>
/// <param name="Errors">What the dynamic linker said.</param>
internal sealed record LoadFacts(string System, Architecture Architecture, bool IsMusl, IReadOnlyList<string> Folders, string? Bridge,
    string? Libtorch, IReadOnlyList<string> Mapped, IReadOnlyList<string> Errors)
{
    private const string MappedFiles = "/proc/self/maps";

    /// <summary>Gets a libtorch of another place than the program's that the process holds; null if there is none.</summary>
    /// <remarks>Files are compared by size, since a path may lead through links.</remarks>
    public string? Foreign => Libtorch is null ? null
        : Mapped.FirstOrDefault(path => path != Libtorch && (!File.Exists(path) || SizeOf(path) != SizeOf(Libtorch)));

    public static bool IsLibtorchLoaded => MappedLibtorch().Length > 0;

    public static LoadFacts Collect(IReadOnlyList<string> errors)
    {
        (string before, string after) = OperatingSystem.IsWindows() ? ("", ".dll")
            : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        string? Find(string name) => NativeTorch.Find($"{before}{name}{after}");
        return new(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture,
            RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal), NativeTorch.Folders, Find("LibTorchSharp"),
            Find("torch") is not null && Find("c10") is not null ? Find("torch_cpu") : null, MappedLibtorch(), errors);
    }

    private static long SizeOf(string path)
        => (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length;

    private static string[] MappedLibtorch() => !OperatingSystem.IsLinux() || !File.Exists(MappedFiles) ? []
        : [.. File.ReadLines(MappedFiles).Where(line => line.Contains("/libtorch_cpu.so", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/')..]).Distinct()];
}
