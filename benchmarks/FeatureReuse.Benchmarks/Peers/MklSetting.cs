using System.Runtime.InteropServices;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>
/// The environment variable by which MKL's products become reproducible. The library sets it at the start of the process unless it has a
/// value.
/// </summary>
internal static partial class MklSetting
{
    public const string Variable = "MKL_CBWR";

    /// <summary>
    /// Asks a process of this program to run without the variable. MKL itself knows no such value: every one it does not know means AUTO.
    /// </summary>
    public const string None = "NONE";

    /// <summary>Removes the variable where that was asked for; before libtorch is loaded.</summary>
    public static void Apply()
    {
        if (Environment.GetEnvironmentVariable(Variable) == None && unsetenv(Variable) != 0)
            throw new InvalidOperationException($"{Variable} could not be removed from the environment.");
    }

    // What .NET's Environment removes, native code still sees.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int unsetenv(string name);
}
