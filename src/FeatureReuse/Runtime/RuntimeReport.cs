using System.Reflection;
using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>
/// Describes the machine for a bug report: versions, how libtorch was loaded, processor, devices, and whether results are right and
/// reproducible.
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

    /// <summary>Gets the version of ML.NET; null in a program without it.</summary>
    public string? MLNet { get; private init; } = MLNetVersion();

    /// <summary>Gets the version of TorchSharp.</summary>
    public string TorchSharp { get; private init; } = LibraryVersion.Of(typeof(torch).Assembly);

    /// <summary>Gets the version of libtorch; null if it could not be loaded or its version is unknown.</summary>
    public string? Libtorch { get; private init; }

    /// <summary>Gets how libtorch was loaded, or why it could not be.</summary>
    public string Loading { get; private init; } = "";

    /// <summary>Gets the operating system and the version of .NET.</summary>
    public string System { get; private init; } = $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Gets the processor's name and architecture.</summary>
    public string Processor { get; private init; } = $"{ProcessorName()} ({RuntimeInformation.ProcessArchitecture})";

    /// <summary>Gets the instruction set that libtorch uses, such as "AVX512"; null if unknown.</summary>
    public string? InstructionSet { get; private init; }

    /// <summary>Gets the versions of MKL and oneDNN in libtorch; empty if unknown.</summary>
    public IReadOnlyList<string> Libraries { get; private init; } = [];

    /// <summary>Gets the number of libtorch's threads; 0 if it could not be loaded.</summary>
    public int Threads { get; private init; }

    /// <summary>Gets the devices that <see cref="ComputeDevice"/> can name.</summary>
    public IReadOnlyList<string> Devices { get; private init; } = [];

    /// <summary>
    /// Gets whether convolutions on the processor are right: those of the networks of this process, and some that were found wrong on other
    /// machines.
    /// </summary>
    public string Convolutions { get; private init; } = "unknown";

    /// <summary>Gets whether the same seed gives bit-identical results on the processor, and why.</summary>
    public string Reproducibility { get; private init; } = "unknown";

    /// <summary>Examines the machine and the process. Loads libtorch, and does not throw if that fails. Takes some milliseconds.</summary>
    public static RuntimeReport Create()
    {
        try
        {
            TorchRuntime.EnsureLoaded();
        }
        catch (InvalidOperationException failure)
        {
            return new() { Loading = failure.Message };
        }
        string description = NativeContext.Description;
        string? Find(Regex pattern, string name = "")
            => pattern.Match(description) is { Success: true } match ? name + match.Groups[1].Value : null;
        int gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return new()
        {
            Libtorch = NativeContext.Version ?? NativeTorch.ExpectedVersion,
            Loading = NativeTorch.HowLoaded,
            InstructionSet = Find(CapabilityPattern()),
            Libraries = [.. new[] { Find(MklPattern(), "MKL "), Find(OneDnnPattern(), "oneDNN ") }.OfType<string>()],
            Threads = torch.get_num_threads(),
            Devices = ["cpu", .. Enumerable.Range(0, gpus).Select(index => $"cuda:{index}")],
            Convolutions = ConvolutionCheck.OfProcess.Summary(),
            Reproducibility = ReproducibleProducts.Holds
                ? $"yes, for the same number of threads (MKL_CBWR={ReproducibleProducts.Setting})"
                    + (ConvolutionCheck.OfProcess.Fault is null ? "" : ", but not with results from before oneDNN was switched off")
                : $"not to the last bit: MKL_CBWR is '{ReproducibleProducts.Setting}'"
                    + (ReproducibleProducts.IsInTime ? "" : " and was set after libtorch was loaded")
                    + $"; set {ReproducibleProducts.Strict} before the start for bit-identical results",
        };
    }

    /// <summary>Returns one line for each item.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] lines =
        [
            ("FeatureReuse", FeatureReuse), ("ML.NET", MLNet ?? "not in this program"), ("TorchSharp", TorchSharp),
            ("libtorch", Libtorch ?? "unknown"), ("loaded", Loading), ("system", System), ("processor", Processor),
            ("instruction set", InstructionSet ?? "unknown"), ("libraries", string.Join(", ", Libraries)), ("threads", $"{Threads}"),
            ("devices", string.Join(", ", Devices)), ("convolutions", Convolutions), ("reproducible", Reproducibility),
        ];
        return string.Join(Environment.NewLine, lines.Select(line => $"{line.Name + ":",-17}{line.Value}"));
    }

    private static string? MLNetVersion()
    {
        try
        {
            return LibraryVersion.Of(Assembly.Load("Microsoft.ML.Core"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string ProcessorName()
    {
        const string Description = "/proc/cpuinfo";
        string? line = !File.Exists(Description) ? null
            : File.ReadLines(Description).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }

    [GeneratedRegex(@"CPU capability usage: (\w+)")]
    private static partial Regex CapabilityPattern();

    [GeneratedRegex(@"Math Kernel Library Version ([\d.]+)")]
    private static partial Regex MklPattern();

    [GeneratedRegex(@"MKL-DNN v([\d.]+)")]
    private static partial Regex OneDnnPattern();
}
