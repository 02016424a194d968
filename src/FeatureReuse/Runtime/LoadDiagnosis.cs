namespace FeatureReuse;

/// <summary>Explains why libtorch could not be loaded: what was tried, what is missing, and what to do.</summary>
internal static class LoadDiagnosis
{
    private const string SearchPath = "Take its folder out of LD_LIBRARY_PATH or LD_PRELOAD.";

    private static string TorchSharpVersion => typeof(torch).Assembly.GetName().Version!.ToString(3);
    public static string Explain(LoadFacts facts) => Compose(Cause(facts), facts);

    public static string WrongVersion(string found, string expected, LoadFacts facts) => Compose(
        $"libtorch {found} was found, and TorchSharp {TorchSharpVersion} needs libtorch {expected}. " + (facts.Foreign is { } other
            ? $"The process holds another libtorch, {other}. {SearchPath}"
            : $"Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of version {TorchSharpVersion}, and no libtorch-* of another version."),
        facts);

    public static string UsedTooEarly(LoadFacts facts) => Compose("torch was used before this library, and failed; its failure lasts for "
        + "the process. Call TorchRuntime.EnsureLoaded() before the first use of torch.", facts);

    private static string Cause(LoadFacts facts)
    {
        bool isKnownArm = facts.Architecture == Architecture.Arm64 && (OperatingSystem.IsMacOS() || OperatingSystem.IsWindows());
        if (facts.IsMusl)
        {
            return "libtorch is made for glibc; this system's C library is musl. "
                + "Run on a distribution with glibc, such as Debian's image of .NET instead of Alpine's.";
        }
        if (facts.Architecture != Architecture.X64 && !isKnownArm)
        {
            return $"TorchSharp has no libtorch for this system's processor, {facts.Architecture}. "
                + "Run on x64, or in an x64 container (docker run --platform linux/amd64).";
        }
        if (facts.Bridge is null)
        {
            return "TorchSharp's native library, LibTorchSharp, is in none of the folders. "
                + "Start the program from its build or publish output, with the folder runtimes and the file .deps.json that belong to it.";
        }
        if (facts.Libtorch is null)
        {
            return "libtorch_cpu is in none of the folders, or libc10 or libtorch is missing: the program references no package that has "
                + "them, or not all files were copied. Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of exactly the version of "
                + $"TorchSharp ({TorchSharpVersion}) in the program that runs.";
        }
        return facts.Foreign is { } other
            ? $"Another libtorch is in the way: the process holds {other} instead of {facts.Libtorch}. {SearchPath}"
            : "A library that libtorch needs is missing or too old; the loader names it below. "
                + "Install it. glibc must be 2.34 or newer, as in Debian 12, Ubuntu 22.04, RHEL 9 and later.";
    }

    private static string Compose(string explanation, LoadFacts facts) => string.Join(Environment.NewLine,
    [
        $"libtorch could not be loaded. {explanation}",
        $"Tried on {facts.System} ({facts.Architecture}{(facts.IsMusl ? ", musl" : "")}) in: {string.Join(", ", facts.Folders)}",
        .. facts.Errors.Select(error => $"The loader said: {error}"),
    ]);
}
