using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>
/// Makes MKL's matrix products give the same bits for the same numbers. Without it MKL chooses its code by the addresses of the operands, which differ from
/// run to run.
/// </summary>
internal static partial class ReproducibleProducts
{
    private const string Variable = "MKL_CBWR";

    /// <summary>The best instruction set of the processor, and one order of summation whatever the alignment.</summary>
    public const string Strict = "AUTO,STRICT";

    /// <summary>What MKL was told: ours, or what the user had set.</summary>
    public static string? Setting { get; private set; }

    /// <summary>Whether that was before libtorch was loaded.</summary>
    public static bool IsInTime { get; private set; }

    /// <summary>Whether MKL is known to give the same bits: the variable was set before libtorch was loaded.</summary>
    public static bool Holds => IsInTime && Setting is not null && StrictPattern().IsMatch(Setting);

    /// <summary>Sets the variable in the environment that native code reads, unless the user did, be it to nothing, which is MKL's own default.</summary>
    public static void Choose()
    {
        Setting = Environment.GetEnvironmentVariable(Variable);
        IsInTime = !LoadFacts.IsLibtorchLoaded;
        if (Setting is not null)
            return;
        Setting = Strict;
        try
        {
            // What .NET's Environment sets, native code does not see.
            IsInTime &= (OperatingSystem.IsWindows() ? _putenv_s(Variable, Strict) : setenv(Variable, Strict, 1)) == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            IsInTime = false;
        }
    }

    /// <summary>MKL takes what it does not know for AUTO.</summary>
    [GeneratedRegex("^(AUTO|AVX2|AVX512(_E[1-4])?),STRICT$")]
    private static partial Regex StrictPattern();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int _putenv_s(string name, string value);
}
