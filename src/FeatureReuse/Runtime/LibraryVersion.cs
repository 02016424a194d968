using System.Reflection;

namespace FeatureReuse;

/// <summary>The version that is stored with models and results.</summary>
public static class LibraryVersion
{
    /// <summary>Gets the informational version of this library, such as "0.1.0".</summary>
    public static string Current { get; } = Of(typeof(LibraryVersion).Assembly);

    /// <summary>Gets the version of an assembly, as its package's where the assembly says so.</summary>
    internal static string Of(Assembly assembly)
        => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? assembly.GetName().Version!.ToString();
}
