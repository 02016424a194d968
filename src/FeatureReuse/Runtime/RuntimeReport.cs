using System.Text.RegularExpressions;

namespace FeatureReuse;

/// <summary>Describes the machine for a bug report.</summary>
public static class RuntimeReport
{
    /// <summary>
    /// Lists versions, how libtorch was loaded, processor and devices, and whether convolutions are right and results reproducible, one
    /// item per line. Loads libtorch on first use; if that fails, the report says why.
    /// </summary>
    /// <example><code>
    /// Console.WriteLine(RuntimeReport.Create());
    /// </code></example>
    public static string Create()
        => string.Join(Environment.NewLine, Items().Select(line => $"{line.Name + ":",-17}{line.Value}"));

    /// <summary>Lists the items of the report.</summary>
    internal static (string Name, string Value)[] Items()
    {
        string? failure = TorchRuntime.Failure;
        return
        [
            ("FeatureReuse", LibraryVersion.Current), ("ML.NET", MLNetVersion() ?? "not in this program"),
            ("TorchSharp", LibraryVersion.Of(typeof(torch).Assembly)),
            ("libtorch", (failure is null ? NativeContext.Version ?? NativeTorch.ExpectedVersion : null) ?? "unknown"),
            ("loaded", failure ?? NativeTorch.HowLoaded),
            ("system", $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}"),
            ("processor", $"{ProcessorName()} ({RuntimeInformation.ProcessArchitecture})"), .. failure is null ? LibtorchLines() : [],
        ];
    }

    private static (string Name, string Value)[] LibtorchLines()
    {
        string description = NativeContext.Description;
        string Find(string pattern) => Regex.Match(description, pattern) is { Success: true } match ? match.Groups[1].Value : "unknown";
        return
        [
            ("instruction set", Find(@"CPU capability usage: (\w+)")),
            ("libraries", $"MKL {Find(@"Math Kernel Library Version ([\d.]+)")}, oneDNN {Find(@"MKL-DNN v([\d.]+)")}"),
            ("threads", $"{get_num_threads()}"),
            ("devices", string.Join(", ", Enumerable.Range(0, TorchRuntime.GpuCount).Select(index => $"cuda:{index}").Prepend("cpu"))),
            ("convolutions", ConvolutionCheck.OfProcess.Summary()), ("reproducible", Reproducibility()),
        ];
    }

    private static string Reproducibility() => ReproducibleProducts.Holds
        ? $"yes, for the same number of threads (MKL_CBWR={ReproducibleProducts.Setting})"
            + (ConvolutionCheck.OfProcess.Fault is null ? "" : ", but not with results from before oneDNN was switched off")
        : $"no, results may differ in the last bits: MKL_CBWR is '{ReproducibleProducts.Setting}'"
            + (ReproducibleProducts.IsInTime ? "" : " and was set after libtorch was loaded")
            + $"; set {ReproducibleProducts.Strict} before the start for bit-identical results";

    private static string? MLNetVersion()
        => Type.GetType("Microsoft.ML.Runtime.IHostEnvironment, Microsoft.ML.Core") is { } type ? LibraryVersion.Of(type.Assembly) : null;

    private static string ProcessorName()
    {
        string? line = !File.Exists("/proc/cpuinfo") ? null
            : File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }
}
