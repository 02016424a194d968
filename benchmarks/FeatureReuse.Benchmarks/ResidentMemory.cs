using System.Globalization;

namespace FeatureReuse.Benchmarks;

/// <summary>This process's memory in the machine, in bytes; of Linux.</summary>
internal static class ResidentMemory
{
    public static long Peak => Field("VmHWM:");

    public static long Now => Field("VmRSS:");

    /// <summary>Lets Linux count the peak anew.</summary>
    public static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static long Field(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
