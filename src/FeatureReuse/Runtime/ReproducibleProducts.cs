using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>Makes MKL's matrix products bit-identical: by default it chooses its code by the addresses of the operands.</summary>
internal static partial class ReproducibleProducts
{
    private const string Variable = "MKL_CBWR";
    public const string Strict = "AUTO,STRICT";

    /// <summary>Gets the value that MKL reads: this library's, or the user's.</summary>
    public static string? Setting { get; private set; }

    /// <summary>Gets whether the value was set before libtorch was loaded.</summary>
    public static bool IsInTime { get; private set; }

    /// <summary>Gets whether results are known to be bit-identical; MKL takes values that it does not know for AUTO.</summary>
    public static bool Holds => IsInTime && Setting is not null && Regex.IsMatch(Setting, "^(AUTO|AVX2|AVX512(_E[1-4])?),STRICT$");

    /// <summary>Sets the variable for native code, unless the user did; the empty value is MKL's own default.</summary>
    public static void Choose()
    {
        Setting = Environment.GetEnvironmentVariable(Variable);
        IsInTime = LoadDiagnosis.MappedLibtorch.Length == 0;
        if (Setting is not null)
            return;
        Setting = Strict;
        try
        {
            // Native code does not see what .NET's Environment sets.
            IsInTime &= (OperatingSystem.IsWindows() ? _putenv_s(Variable, Strict) : setenv(Variable, Strict, 1)) == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            IsInTime = false;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int _putenv_s(string name, string value);
}
