using System.Reflection;

namespace FeatureReuse;

/// <summary>The version that travels with models and tables of results.</summary>
public static class LibraryVersion
{
    /// <summary>The informational version of this library, such as "0.1.0".</summary>
    public static string Current { get; } = typeof(LibraryVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
