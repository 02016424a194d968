namespace FeatureReuse;

/// <summary>Calls members of ML.NET that are not public; eng/OpenInternals.targets shows them to the compiler.</summary>
internal static class MLNetInternals
{
    /// <summary>The name by which a saved model asks for <see cref="ModelLoader"/>.</summary>
    public const string LoaderName = "FeatureReuse";

    /// <summary>ML.NET's eight letters for the kind of what is saved. The versions that matter are in the entry itself.</summary>
    private const string ModelSignature = "FEATREUS";
    private const uint ModelVersion = 0x00010001;
    private const string EntryName = "model.safetensors";

    public static SchemaShape ShapeOf(DataViewSchema schema) => SchemaShape.Create(schema);

    public static int? SeedOf(IHostEnvironment environment) => ((IHostEnvironmentInternal)environment).Seed;

    /// <summary>Returns the seed given, that of the environment, or a random one.</summary>
    public static int SeedOf(IHostEnvironment environment, int? given) => given ?? SeedOf(environment) ?? Random.Shared.Next();

    /// <summary>Gets the environment that a catalog's trainers log to and take their seed from.</summary>
    public static IHostEnvironment EnvironmentOf(RegressionCatalog.RegressionTrainers trainers)
        => ((IInternalCatalog)Require.NotNull(trainers)).Environment;

    public static void Log(this IChannel channel, FormattableString message)
        => channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(message));

    /// <summary>Writes a transformer's entry of a saved model, and how ML.NET finds its loader.</summary>
    public static void Save(ModelSaveContext context, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(context);
        string assembly = typeof(MLNetInternals).Assembly.FullName!;
        context.SetVersionInfo(new VersionInfo(ModelSignature, ModelVersion, ModelVersion, ModelVersion, assembly, LoaderName));
        context.SaveBinaryStream(EntryName, writer => write(writer.BaseStream));
    }

    /// <summary>Reads what <see cref="Save"/> wrote, from a stream that can seek.</summary>
    /// <exception cref="InvalidDataException">The entry is missing or damaged.</exception>
    public static T Read<T>(ModelLoadContext context, Func<Stream, T> read) where T : class
    {
        T? result = null;
        context.TryLoadBinaryStream(EntryName, reader => result = read(reader.BaseStream));
        return result ?? throw new InvalidDataException($"The model cannot be loaded: it has no entry '{EntryName}'.");
    }
}
