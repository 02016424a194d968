using System.Runtime.CompilerServices;

namespace FeatureReuse;

/// <summary>Keeps the custom architectures that saved models may have, for each MLContext.</summary>
internal static class CustomArchitectures
{
    /// <summary>By component catalog, which all environments have in common that ML.NET derives from an MLContext.</summary>
    private static readonly ConditionalWeakTable<ComponentCatalog, List<NetworkArchitecture>> Added = [];

    /// <exception cref="ArgumentException">The context has another architecture of this name.</exception>
    public static void Add(IHostEnvironment environment, NetworkArchitecture architecture)
    {
        List<NetworkArchitecture> added = Added.GetOrCreateValue(environment.ComponentCatalog);
        lock (added)
        {
            NetworkArchitecture.RequireDistinct([.. added, Require.NotNull(architecture)]);
            if (!added.Contains(architecture))
                added.Add(architecture);
        }
    }

    public static IReadOnlyList<NetworkArchitecture> Of(IHostEnvironment environment)
    {
        List<NetworkArchitecture> added = Added.GetOrCreateValue(environment.ComponentCatalog);
        lock (added)
            return [.. added];
    }
}
