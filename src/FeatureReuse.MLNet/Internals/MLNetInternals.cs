using System.Reflection;
using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>The one place that reaches members of ML.NET which are not public; each is looked up once.</summary>
internal static class MLNetInternals
{
    /// <summary>The name by which a saved model asks for <see cref="ModelLoader"/>; the assembly's LoadableClass attribute has the same.</summary>
    private const string LoaderName = "FeatureReuse";

    /// <summary>ML.NET's eight letters for the kind of what is saved. The versions that matter are in the entry itself.</summary>
    private const string ModelSignature = "FEATREUS";
    private const uint ModelVersion = 0x00010001;
    private const string EntryName = "model.safetensors";

    private static readonly Lazy<Func<DataViewSchema, SchemaShape>> ShapeOfSchema = new(() =>
        Method(typeof(SchemaShape), "Create", [typeof(DataViewSchema)]).CreateDelegate<Func<DataViewSchema, SchemaShape>>());

    private static readonly Lazy<PropertyInfo> SeedOfEnvironment = new(() =>
        TypeNamed("Microsoft.ML.Runtime.IHostEnvironmentInternal").GetProperty("Seed") ?? throw Missing("IHostEnvironmentInternal.Seed"));

    private static readonly Lazy<PropertyInfo> EnvironmentOfCatalog = new(() =>
        typeof(MLContext).Assembly.GetType("Microsoft.ML.Data.IInternalCatalog")?.GetProperty("Environment")
            ?? throw Missing("IInternalCatalog.Environment"));

    private static readonly Lazy<Action<ModelSaveContext>> SetVersion = new(() =>
    {
        Type version = TypeNamed("Microsoft.ML.VersionInfo");
        Type[] parameters = [typeof(string), typeof(uint), typeof(uint), typeof(uint), typeof(string), typeof(string), typeof(string)];
        ConstructorInfo constructor = version.GetConstructor(parameters) ?? throw Missing("VersionInfo(...)");
        MethodInfo set = Method(typeof(ModelSaveContext), "SetVersionInfo", [version]);
        string assembly = typeof(MLNetInternals).Assembly.FullName!;
        return context => Invoke(set, context, constructor.Invoke([ModelSignature, ModelVersion, ModelVersion, ModelVersion, assembly, LoaderName, null]));
    });

    private static readonly Lazy<MethodInfo> SaveBinaryStream = new(() => Method(typeof(ModelSaveContext), "SaveBinaryStream", [typeof(string), typeof(Action<BinaryWriter>)]));

    private static readonly Lazy<MethodInfo> LoadBinaryStream = new(() =>
        Method(TypeNamed("Microsoft.ML.ModelLoadContext"), "TryLoadBinaryStream", [typeof(string), typeof(Action<BinaryReader>)]));

    /// <summary>The interface of data views that ConvertToOnnx converts; null where this version of ML.NET has none.</summary>
    public static Type? ConvertibleView { get; } = OnnxTypeNamed("ITransformCanSaveOnnx");

    /// <summary>The shape of a schema: what an estimator promises before it is fitted.</summary>
    public static SchemaShape ShapeOf(DataViewSchema schema) => ShapeOfSchema.Value(schema);

    /// <summary>The seed that the MLContext was made with.</summary>
    public static int? SeedOf(IHostEnvironment environment) => (int?)SeedOfEnvironment.Value.GetValue(environment);

    /// <summary>Gets the environment that a catalog's trainers log to and take their seed from.</summary>
    /// <exception cref="NotSupportedException">This version of ML.NET lacks a member that is needed; the message names it.</exception>
    public static IHostEnvironment EnvironmentOf(RegressionCatalog.RegressionTrainers trainers)
        => (IHostEnvironment)EnvironmentOfCatalog.Value.GetValue(Require.NotNull(trainers))!;

    /// <summary>Writes a transformer's own entry of a saved model, and how ML.NET finds who reads it.</summary>
    /// <exception cref="NotSupportedException">This version of ML.NET lacks a member that is needed; the message names it.</exception>
    public static void Save(ModelSaveContext context, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(context);
        SetVersion.Value(context);
        Invoke(SaveBinaryStream.Value, context, EntryName, (Action<BinaryWriter>)(writer => write(writer.BaseStream)));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">ML.NET's ModelLoadContext.</param>
    /// <param name="read">Reads the entry; its stream can seek.</param>
    /// <exception cref="InvalidDataException">The entry is missing or damaged.</exception>
    /// <exception cref="NotSupportedException">This version of ML.NET lacks a member that is needed; the message names it.</exception>
    public static T Read<T>(object context, Func<Stream, T> read) where T : class
    {
        T? result = null;
        Invoke(LoadBinaryStream.Value, context, EntryName, (Action<BinaryReader>)(reader => result = read(reader.BaseStream)));
        return result ?? throw new InvalidDataException($"The model cannot be loaded: it has no entry '{EntryName}'.");
    }

    /// <summary>Calls a member of the types that ConvertToOnnx builds a model with.</summary>
    /// <exception cref="NotSupportedException">This version of ML.NET lacks a member that is needed; the message names it.</exception>
    public static object? CallOnnx(string type, object target, string member, params (Type Type, object? Value)[] arguments)
    {
        MethodInfo method = Method(OnnxTypeNamed(type) ?? throw Missing(type), member, [.. arguments.Select(argument => argument.Type)]);
        return Invoke(method, target, [.. arguments.Select(argument => argument.Value)]);
    }

    private static Type? OnnxTypeNamed(string name) => typeof(MLContext).Assembly.GetType($"Microsoft.ML.Model.OnnxConverter.{name}");

    private static Type TypeNamed(string name) => typeof(IHostEnvironment).Assembly.GetType(name) ?? throw Missing(name);

    private static MethodInfo Method(Type type, string name, Type[] parameters)
        => type.GetMethod(name, BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, parameters) ?? throw Missing($"{type.Name}.{name}");

    /// <summary>Calls a member; what it throws comes out as it is.</summary>
    private static object? Invoke(MethodInfo method, object target, params object?[] arguments)
        => method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    private static NotSupportedException Missing(string member)
        => new($"Microsoft.ML {typeof(MLContext).Assembly.GetName().Version} has no {member}, which FeatureReuse.MLNet {LibraryVersion.Current} needs. Use Microsoft.ML 5.0; "
            + "the transformers' own Save(path) and Load(path) work with any version.");
}
