using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>
/// libtorch's settings that TorchSharp does not offer, by their exported C++ names. Where a name or a calling convention is not known (macOS and Windows), a
/// setting is left as it is.
/// </summary>
internal static unsafe partial class NativeContext
{
    private const int OnlyErrors = 2;

    private static readonly Lazy<nint> Libtorch = new(() => Load("torch_cpu"));
    private static readonly Lazy<nint> Core = new(() => Load("c10"));

    /// <summary>Gets whether convolutions may run on oneDNN; null on systems where libtorch cannot be asked.</summary>
    public static bool? UsesOneDnn
    {
        get
        {
            nint context = Context();
            return context != 0 && TryExport(Libtorch.Value, "_ZNK2at7Context17userEnabledMkldnnEv", out nint get)
                ? ((delegate* unmanaged<nint, byte>)get)(context) != 0 : null;
        }
    }

    /// <summary>Turns oneDNN on or off for the process, and says whether that could be done.</summary>
    public static bool TryUseOneDnn(bool use) => TrySet("_ZN2at7Context20setUserEnabledMkldnnEb", use);

    /// <summary>
    /// Keeps libtorch's warnings from the program's console, unless TORCH_CPP_LOG_LEVEL asks for them. NNPACK, which convolutions would fall back on without
    /// oneDNN, is left out: where a processor lacks what it needs, it says so at each call.
    /// </summary>
    public static void KeepQuiet()
    {
        TrySet("_ZN2at7Context20setUserEnabledNNPACKEb", false);
        bool isAskedFor = Environment.GetEnvironmentVariable("TORCH_CPP_LOG_LEVEL") is not null;
        if (!isAskedFor && TryExport(Core.Value, "FLAGS_caffe2_log_level", out nint level))
            *(int*)level = OnlyErrors;
    }

    /// <summary>Gets libtorch's description of its build: processor capability and the versions of MKL, oneDNN and libtorch; empty where it cannot be asked.</summary>
    public static string Description => Libtorch.Value == 0 ? "" : DescriptionOf(Libtorch.Value);

    /// <summary>The version of the loaded libtorch; null where it does not say.</summary>
    public static string? Version => Libtorch.Value == 0 ? null : VersionOf(Libtorch.Value);

    /// <summary>The version that a loaded libtorch says it has, such as "2.10.0"; null where it does not say.</summary>
    public static string? VersionOf(nint libtorch)
        => VersionPattern().Match(DescriptionOf(libtorch)) is { Success: true } match ? match.Groups[1].Value : null;

    private static string DescriptionOf(nint libtorch)
    {
        bool isKnown = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        if (!isKnown || !TryExport(libtorch, "_ZN2at11show_configB5cxx11Ev", out nint show))
            return "";
        // A std::string comes back in memory of the caller: its text's address and length, then, where the text is long, what it allocated with malloc.
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
        if (context == 0 || !TryExport(Libtorch.Value, setter, out nint set))
            return false;
        ((delegate* unmanaged<nint, byte, void>)set)(context, value ? (byte)1 : (byte)0);
        return true;
    }

    private static nint Context()
        => TryExport(Libtorch.Value, "_ZN2at13globalContextEv", out nint context) ? ((delegate* unmanaged<nint>)context)() : 0;

    private static nint Load(string name)
        => OperatingSystem.IsLinux() && NativeLibrary.TryLoad(name, typeof(torch).Assembly, null, out nint library) ? library : 0;

    private static bool TryExport(nint library, string name, out nint address)
    {
        address = 0;
        return library != 0 && NativeLibrary.TryGetExport(library, name, out address);
    }

    [GeneratedRegex(@"TORCH_VERSION=(\d+\.\d+\.\d+)")]
    private static partial Regex VersionPattern();
}
