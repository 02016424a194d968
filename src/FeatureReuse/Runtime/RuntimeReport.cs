using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>
/// What a bug report needs to know of the machine: versions, how libtorch was loaded, processor, devices, and whether its numbers are right and reproducible.
/// </summary>
/// <example><code>
/// Console.WriteLine(RuntimeReport.Create());
/// </code></example>
public sealed partial record RuntimeReport
{
    private RuntimeReport()
    {
    }

    /// <summary>Gets the version of this library.</summary>
    public string FeatureReuse { get; private init; } = LibraryVersion.Current;

    /// <summary>Gets the version of ML.NET, or null in a program without it.</summary>
    public string? MLNet { get; private init; }

    /// <summary>Gets the version of TorchSharp.</summary>
    public string TorchSharp { get; private init; } = VersionOf(typeof(torch).Assembly);

    /// <summary>Gets the version of libtorch; null where it could not be loaded or does not tell.</summary>
    public string? Libtorch { get; private init; }

    /// <summary>Gets how libtorch was loaded, or the diagnosis where it could not be.</summary>
    public string Loading { get; private init; } = "";

    /// <summary>Gets the operating system and the version of .NET.</summary>
    public string System { get; private init; } = $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Gets the processor's name and architecture.</summary>
    public string Processor { get; private init; } = $"{ProcessorName()} ({RuntimeInformation.ProcessArchitecture})";

    /// <summary>Gets the instruction set that libtorch uses, such as "AVX512"; null where it does not tell.</summary>
    public string? InstructionSet { get; private init; }

    /// <summary>Gets the versions of MKL and oneDNN in libtorch; empty where it does not tell.</summary>
    public IReadOnlyList<string> Libraries { get; private init; } = [];

    /// <summary>Gets the number of threads that libtorch computes with; 0 where it could not be loaded.</summary>
    public int Threads { get; private init; }

    /// <summary>Gets the devices that <see cref="ComputeDevice"/> can name.</summary>
    public IReadOnlyList<string> Devices { get; private init; } = [];

    /// <summary>
    /// Gets whether convolutions on the processor are right: of those that networks of this process asked for, and of some of the kinds that were found wrong
    /// on other machines.
    /// </summary>
    public string Convolutions { get; private init; } = "";

    /// <summary>Gets whether the same seed gives the same bits on the processor, and what that rests on.</summary>
    public string Reproducibility { get; private init; } = "";

    /// <summary>Looks at the machine and the process; loads libtorch, and does not throw where that fails. Takes some milliseconds.</summary>
    public static RuntimeReport Create()
    {
        string? mlnet = MLNetVersion();
        try
        {
            TorchRuntime.EnsureLoaded();
        }
        catch (InvalidOperationException failure)
        {
            return new() { MLNet = mlnet, Loading = failure.Message, Convolutions = "unknown", Reproducibility = "unknown" };
        }
        string description = NativeContext.Description;
        string? Find(Regex pattern, string name = "") => pattern.Match(description) is { Success: true } match ? name + match.Groups[1].Value : null;
        int gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return new()
        {
            MLNet = mlnet,
            Libtorch = NativeContext.Version ?? NativeTorch.ExpectedVersion,
            Loading = NativeTorch.HowLoaded,
            InstructionSet = Find(CapabilityPattern()),
            Libraries = [.. new[] { Find(MklPattern(), "MKL "), Find(OneDnnPattern(), "oneDNN ") }.OfType<string>()],
            Threads = torch.get_num_threads(),
            Devices = ["cpu", .. Enumerable.Range(0, gpus).Select(index => $"cuda:{index}")],
            Convolutions = ConvolutionCheck.OfProcess.Summary(),
            Reproducibility = ReproducibleProducts.Holds
                ? $"yes, for the same number of threads (MKL_CBWR={ReproducibleProducts.Setting})"
                    + (ConvolutionCheck.OfProcess.Fault is null ? "" : ", but not with what was computed before oneDNN was switched off")
                : $"not to the last bit: MKL_CBWR is '{ReproducibleProducts.Setting}'"
                    + (ReproducibleProducts.IsInTime ? "" : " and was set after libtorch was loaded")
                    + $"; {ReproducibleProducts.Strict}, set before the start, gives the same bits",
        };
    }

    /// <summary>Returns one line for each item.</summary>
    public override string ToString()
    {
        (string, string?)[] lines =
        [
            ("FeatureReuse", FeatureReuse), ("ML.NET", MLNet ?? "not in this program"), ("TorchSharp", TorchSharp),
            ("libtorch", Libtorch ?? "unknown"), ("loaded", Loading), ("system", System), ("processor", Processor),
            ("instruction set", InstructionSet ?? "unknown"), ("libraries", string.Join(", ", Libraries)), ("threads", $"{Threads}"),
            ("devices", string.Join(", ", Devices)), ("convolutions", Convolutions), ("reproducible", Reproducibility),
        ];
        return string.Join(Environment.NewLine, lines.Select(line => $"{line.Item1 + ":",-17}{line.Item2}"));
    }

    private static string? MLNetVersion()
    {
        try
        {
            return VersionOf(Assembly.Load("Microsoft.ML.Core"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>As the package's, where the assembly says so.</summary>
    private static string VersionOf(Assembly assembly)
        => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? assembly.GetName().Version!.ToString();

    private static string ProcessorName()
    {
        const string Description = "/proc/cpuinfo";
        string? line = File.Exists(Description)
            ? File.ReadLines(Description).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }

    [GeneratedRegex(@"CPU capability usage: (\w+)")]
    private static partial Regex CapabilityPattern();

    [GeneratedRegex(@"Math Kernel Library Version ([\d.]+)")]
    private static partial Regex MklPattern();

    [GeneratedRegex(@"MKL-DNN v([\d.]+)")]
    private static partial Regex OneDnnPattern();
}
