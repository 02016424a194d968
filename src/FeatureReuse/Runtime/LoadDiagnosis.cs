using System.Runtime.InteropServices;

namespace FeatureReuse;

/// <summary>Says why libtorch could not be loaded: what was tried, what is missing, and the one thing to do.</summary>
internal static class LoadDiagnosis
{
    private static string TorchSharpVersion => typeof(torch).Assembly.GetName().Version!.ToString(3);

    public static string Explain(LoadFacts facts)
    {
        (string missing, string remedy) = Cause(facts);
        return Compose(missing, remedy, facts);
    }

    public static string WrongVersion(string found, string expected, LoadFacts facts)
        => Compose($"libtorch {found} was found, and TorchSharp {TorchSharpVersion} needs libtorch {expected}.",
            facts.Foreign is { } other
                ? $"Another libtorch is in the way, {other}: take its folder out of LD_LIBRARY_PATH or LD_PRELOAD."
                : $"Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of version {TorchSharpVersion}, and no package libtorch-* of another version.",
            facts);

    public static string UsedTooEarly(LoadFacts facts)
        => Compose("torch was used before this library, and failed; its failure lasts for the process.",
            "Call TorchRuntime.EnsureLoaded() before the first use of torch.", facts);

    private static (string Missing, string Remedy) Cause(LoadFacts facts)
    {
        if (facts.IsMusl)
        {
            return ("libtorch is made for glibc; this system's C library is musl.",
                "Run on a distribution with glibc, such as Debian's image of .NET in place of Alpine's.");
        }
        bool isKnownArm = facts.Architecture == Architecture.Arm64 && (OperatingSystem.IsMacOS() || OperatingSystem.IsWindows());
        if (facts.Architecture != Architecture.X64 && !isKnownArm)
        {
            return ($"TorchSharp has no libtorch for this system's processor, {facts.Architecture}.",
                "Run on x64, or in an x64 container (docker run --platform linux/amd64).");
        }
        if (facts.Bridge is null)
        {
            return ("TorchSharp's native library, LibTorchSharp, is in none of the folders.",
                "Start the program from its build or publish output, with the folder runtimes and the file .deps.json that belong to it.");
        }
        if (facts.Libtorch is null)
        {
            return ("libtorch_cpu is in none of the folders, or libc10 or libtorch is: the program references no package that brings them, or not all was copied.",
                "Reference TorchSharp-cpu (or TorchSharp-cuda-linux) of exactly the version of TorchSharp "
                    + $"({TorchSharpVersion}) in the program that runs.");
        }
        if (facts.Foreign is { } other)
        {
            return ($"Another libtorch is in the way: the process holds {other} in place of {facts.Libtorch}.",
                "Take its folder out of LD_LIBRARY_PATH or LD_PRELOAD.");
        }
        return ("A library that libtorch needs is missing or too old; the loader names it below.",
            "Install what the loader names. glibc must be 2.34 or newer: Debian 12, Ubuntu 22.04, RHEL 9 and later have it.");
    }

    private static string Compose(string missing, string remedy, LoadFacts facts)
    {
        List<string> lines =
        [
            $"libtorch could not be loaded. {missing} {remedy}",
            $"Tried on {facts.System} ({facts.Architecture}{(facts.IsMusl ? ", musl" : "")}) in: {string.Join(", ", facts.Folders)}",
        ];
        lines.AddRange(facts.Errors.Select(error => $"The loader said: {error}"));
        return string.Join(Environment.NewLine, lines);
    }
}
