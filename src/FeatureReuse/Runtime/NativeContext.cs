using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>
/// Reaches settings of libtorch that TorchSharp does not offer, by their exported C++ names. Where a name or a calling convention is not
/// known (macOS and Windows), a setting stays unchanged.
/// </summary>
internal static unsafe class NativeContext
{
    private const int OnlyErrors = 2;
    private static readonly Lazy<nint> Libtorch = new(() => Load("torch_cpu"));

    /// <summary>Gets whether convolutions may run on oneDNN; null on systems where libtorch cannot be asked.</summary>
    public static bool? UsesOneDnn
        => Export("_ZNK2at7Context17userEnabledMkldnnEv") is not 0 and var get && Context() is not 0 and var context
            ? ((delegate* unmanaged<nint, byte>)get)(context) != 0 : null;

    public static bool IsLibtorchFound => Libtorch.Value != 0;

    /// <summary>Gets what libtorch says of the processor's capability and of versions (MKL, oneDNN, its own); empty if unknown.</summary>
    public static string Description
    {
        get
        {
            bool isKnown = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
            nint show = isKnown ? Export("_ZN2at11show_configB5cxx11Ev") : 0;
            if (show == 0)
                return "";
            // The caller has room for the std::string: address and length of its text, then, if it is long, what malloc allocated for it.
            nint* text = stackalloc nint[4];
            ((delegate* unmanaged<nint*, nint>)show)(text);
            string description = Marshal.PtrToStringUTF8(text[0], (int)text[1]);
            if (text[0] != (nint)(text + 2))
                NativeMemory.Free((void*)text[0]);
            return description;
        }
    }

    /// <summary>Gets the version that the loaded libtorch says it has, such as "2.10.0"; null if unknown.</summary>
    public static string? Version
        => Regex.Match(Description, @"TORCH_VERSION=(\d+\.\d+\.\d+)") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Turns oneDNN on or off for the process, and returns whether that could be done.</summary>
    public static bool TryUseOneDnn(bool use) => TrySet("_ZN2at7Context20setUserEnabledMkldnnEb", use);

    /// <summary>
    /// Keeps libtorch's warnings from the program's console, unless TORCH_CPP_LOG_LEVEL is set. Turns NNPACK off, to which convolutions
    /// would fall back without oneDNN: on a processor that lacks what it needs, it warns at each call.
    /// </summary>
    public static void KeepQuiet()
    {
        TrySet("_ZN2at7Context20setUserEnabledNNPACKEb", false);
        nint level = Export("FLAGS_caffe2_log_level", Load("c10"));
        if (level != 0 && Environment.GetEnvironmentVariable("TORCH_CPP_LOG_LEVEL") is null)
            *(int*)level = OnlyErrors;
    }

    private static bool TrySet(string setter, bool value)
    {
        nint set = Export(setter);
        nint context = Context();
        if (set == 0 || context == 0)
            return false;
        ((delegate* unmanaged<nint, byte, void>)set)(context, value ? (byte)1 : (byte)0);
        return true;
    }

    private static nint Context()
        => Export("_ZN2at13globalContextEv") is not 0 and var context ? ((delegate* unmanaged<nint>)context)() : 0;

    private static nint Load(string name)
        => OperatingSystem.IsLinux() && NativeLibrary.TryLoad(name, typeof(torch).Assembly, null, out nint library) ? library : 0;

    private static nint Export(string name, nint? library = null)
        => (library ?? Libtorch.Value) is not 0 and var loaded && NativeLibrary.TryGetExport(loaded, name, out nint address) ? address : 0;
}
