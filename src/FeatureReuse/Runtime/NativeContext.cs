using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>
/// Reaches settings of libtorch that TorchSharp does not offer, by their exported C++ names. Where a name or a calling convention is not
/// known (macOS and Windows), a setting stays unchanged.
/// </summary>
internal static unsafe partial class NativeContext
{
    private const int OnlyErrors = 2;

    private static readonly Lazy<nint> Libtorch = new(() => Load("torch_cpu"));

    /// <summary>Gets whether convolutions may run on oneDNN; null on systems where libtorch cannot be asked.</summary>
    public static bool? UsesOneDnn
    {
        get
        {
            nint context = Context();
            nint get = Export(Libtorch.Value, "_ZNK2at7Context17userEnabledMkldnnEv");
            return context != 0 && get != 0 ? ((delegate* unmanaged<nint, byte>)get)(context) != 0 : null;
        }
    }

    /// <summary>
    /// Gets libtorch's description of its build: processor capability, versions of MKL, oneDNN and libtorch; empty if unknown.
    /// </summary>
    public static string Description => DescriptionOf(Libtorch.Value);

    /// <summary>Gets the version of the loaded libtorch; null if unknown.</summary>
    public static string? Version => VersionOf(Libtorch.Value);

    /// <summary>Turns oneDNN on or off for the process.</summary>
    /// <returns>Whether that could be done.</returns>
    public static bool TryUseOneDnn(bool use) => TrySet("_ZN2at7Context20setUserEnabledMkldnnEb", use);

    /// <summary>
    /// Keeps libtorch's warnings from the program's console, unless TORCH_CPP_LOG_LEVEL is set. Turns NNPACK off, to which convolutions
    /// would fall back without oneDNN: on a processor that lacks what it needs, it complains at each call.
    /// </summary>
    public static void KeepQuiet()
    {
        TrySet("_ZN2at7Context20setUserEnabledNNPACKEb", false);
        nint level = Export(Load("c10"), "FLAGS_caffe2_log_level");
        if (level != 0 && Environment.GetEnvironmentVariable("TORCH_CPP_LOG_LEVEL") is null)
            *(int*)level = OnlyErrors;
    }

    /// <summary>Gets the version that a loaded libtorch says it has, such as "2.10.0"; null if unknown.</summary>
    public static string? VersionOf(nint libtorch)
        => VersionPattern().Match(DescriptionOf(libtorch)) is { Success: true } match ? match.Groups[1].Value : null;

    private static string DescriptionOf(nint libtorch)
    {
        bool isKnown = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        nint show = isKnown ? Export(libtorch, "_ZN2at11show_configB5cxx11Ev") : 0;
        if (show == 0)
            return "";
        // A std::string is returned in memory of the caller: its text's address and length, then, if it is long, what malloc allocated for
        // it.
        nint* text = stackalloc nint[4];
        ((delegate* unmanaged<nint*, nint>)show)(text);
        string description = Marshal.PtrToStringUTF8(text[0], (int)text[1]);
        if (text[0] != (nint)(text + 2))
            NativeMemory.Free((void*)text[0]);
        return description;
    }

    private static bool TrySet(string setter, bool value)
    {
        nint context = Context();
        nint set = Export(Libtorch.Value, setter);
        if (context == 0 || set == 0)
            return false;
        ((delegate* unmanaged<nint, byte, void>)set)(context, value ? (byte)1 : (byte)0);
        return true;
    }

    private static nint Context()
        => Export(Libtorch.Value, "_ZN2at13globalContextEv") is not 0 and var context ? ((delegate* unmanaged<nint>)context)() : 0;

    private static nint Load(string name)
        => OperatingSystem.IsLinux() && NativeLibrary.TryLoad(name, typeof(torch).Assembly, null, out nint library) ? library : 0;

    private static nint Export(nint library, string name)
        => library != 0 && NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0;

    [GeneratedRegex(@"TORCH_VERSION=(\d+\.\d+\.\d+)")]
    private static partial Regex VersionPattern();
}
