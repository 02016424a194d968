using System.Reflection;

namespace FeatureReuse;

/// <summary>Locates repository files that are not copied to the output folder.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(Repository)).Value!;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The folder of CIFAR-100 in its binary layout; without one the test is skipped, with the reason.</summary>
    public static string Cifar100()
    {
        string? given = Environment.GetEnvironmentVariable("FEATUREREUSE_CIFAR100");
        string folder = string.IsNullOrEmpty(given) ? PathOf("datasets", "cifar-100-binary") : given;
        if (!File.Exists(Path.Combine(folder, "train.bin")))
        {
            Assert.Inconclusive($"Skipped: {Path.Combine(folder, "train.bin")} does not exist. "
                + "Run datasets/fetch-cifar100.sh, or set FEATUREREUSE_CIFAR100 to the folder of CIFAR-100 in its binary layout.");
        }
        return folder;
    }
}
