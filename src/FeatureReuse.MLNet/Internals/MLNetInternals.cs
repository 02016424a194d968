using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace FeatureReuse.MLNet.Internals;

/// <summary>The one place that reaches members of ML.NET which are not public; each is looked up once.</summary>
internal static class MLNetInternals
{
    private static readonly Lazy<Func<DataViewSchema, SchemaShape>> ShapeOfSchema = new(() =>
        Method(typeof(SchemaShape), "Create", BindingFlags.Static).CreateDelegate<Func<DataViewSchema, SchemaShape>>());

    private static readonly Lazy<PropertyInfo> SeedOfEnvironment = new(() =>
        typeof(IHostEnvironment).Assembly.GetType("Microsoft.ML.Runtime.IHostEnvironmentInternal")?.GetProperty("Seed")
        ?? throw Missing("IHostEnvironmentInternal.Seed"));

    /// <summary>The shape of a schema: what an estimator promises before it is fitted.</summary>
    public static SchemaShape ShapeOf(DataViewSchema schema) => ShapeOfSchema.Value(schema);

    /// <summary>The seed that the MLContext was made with.</summary>
    public static int? SeedOf(IHostEnvironment environment) => (int?)SeedOfEnvironment.Value.GetValue(environment);

    private static MethodInfo Method(Type type, string name, BindingFlags kind)
        => type.GetMethod(name, kind | BindingFlags.NonPublic | BindingFlags.Public) ?? throw Missing($"{type.Name}.{name}");

    private static NotSupportedException Missing(string member)
        => new($"Microsoft.ML {typeof(MLContext).Assembly.GetName().Version} has no {member}, which FeatureReuse.MLNet {LibraryVersion.Current} needs. Use Microsoft.ML 5.0.");
}
