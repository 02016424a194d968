namespace FeatureReuse;

/// <summary>Explains why libtorch could not be loaded: what was tried, what is missing, and what to do.</summary>
/// <remarks>
/// Bridge and Libtorch are the paths of TorchSharp's native library and of libtorch_cpu with the libraries that it needs, null where no
/// folder has them; Mapped are those of every libtorch that the process holds; Errors are the dynamic linker's.
/// </remarks>
internal sealed record LoadDiagnosis(string System, Architecture Architecture, bool IsMusl, IReadOnlyList<string> Folders, string? Bridge,
    string? Libtorch, IReadOnlyList<string> Mapped, IReadOnlyList<string> Errors)
{
    private const string MappedFiles = "/proc/self/maps";
    private const string SearchPath = "Take its folder out of LD_LIBRARY_PATH or LD_PRELOAD.";

    /// <summary>Gets a libtorch of another place than the program's that the process holds; null if there is none.</summary>
    /// <remarks>Files are compared by size, since a path may lead through links.</remarks>
    public string? Foreign => Libtorch is null ? null
        : Mapped.FirstOrDefault(path => path != Libtorch && (!File.Exists(path) || SizeOf(path) != SizeOf(Libtorch)));

    public static string[] MappedLibtorch => !OperatingSystem.IsLinux() || !File.Exists(MappedFiles) ? []
        : [.. File.ReadLines(MappedFiles).Where(line => line.Contains("/libtorch_cpu.so", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/')..]).Distinct()];

    private static string TorchSharpVersion => typeof(torch).Assembly.GetName().Version!.ToString(3);

    public static LoadDiagnosis Collect(IReadOnlyList<string> errors)
    {
        (string before, string after) = OperatingSystem.IsWindows() ? ("", ".dll")
            : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        string? Find(string name) => NativeTorch.Find($"{before}{name}{after}");
        return new(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture,
            RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal), NativeTorch.Folders, Find("LibTorchSharp"),
            Find("torch") is not null && Find("c10") is not null ? Find("torch_cpu") : null, MappedLibtorch, errors);
    }

    public string WrongVersion(string found, string expected) => Compose(
        $"libtorch {found} was found, and TorchSharp {TorchSharpVersion} needs libtorch {expected}. " + (Foreign is { } other
            ? $"The process holds another libtorch, {other}. {SearchPath}" : "Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of "
                + $"version {TorchSharpVersion}, and no libtorch-* of another version."));

    public string UsedTooEarly() => Compose("torch was used before this library, and failed; its failure lasts for the process. "
        + "Call TorchRuntime.EnsureLoaded() before the first use of torch.");

    public string Explain()
    {
        bool isKnownArm = Architecture == Architecture.Arm64 && (OperatingSystem.IsMacOS() || OperatingSystem.IsWindows());
        return Compose(IsMusl ? "libtorch is made for glibc; this system's C library is musl. "
                + "Run on a distribution with glibc, such as Debian's image of .NET instead of Alpine's."
            : Architecture != Architecture.X64 && !isKnownArm ? "TorchSharp has no libtorch for this system's processor, "
                + $"{Architecture}. Run on x64, or in an x64 container (docker run --platform linux/amd64)."
            : Bridge is null ? "TorchSharp's native library, LibTorchSharp, is in none of the folders. Start the program from its "
                + "build or publish output, with the folder runtimes and the file .deps.json that belong to it."
            : Libtorch is null ? "libtorch_cpu is in none of the folders, or libc10 or libtorch is missing: the program references no "
                + "package that has them, or not all files were copied. Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of exactly "
                + $"the version of TorchSharp ({TorchSharpVersion}) in the program that runs."
            : Foreign is { } other ? $"Another libtorch is in the way: the process holds {other} instead of {Libtorch}. {SearchPath}"
            : "A library that libtorch needs is missing or too old; the loader names it below. "
                + "Install it. glibc must be 2.34 or newer, as in Debian 12, Ubuntu 22.04, RHEL 9 and later.");
    }

    private static long SizeOf(string path)
        => (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length;

    private string Compose(string explanation) => string.Join(Environment.NewLine,
    [
        $"libtorch could not be loaded. {explanation}",
        $"Tried on {System} ({Architecture}{(IsMusl ? ", musl" : "")}) in: {string.Join(", ", Folders)}",
        .. Errors.Select(error => $"The loader said: {error}"),
    ]);
}
