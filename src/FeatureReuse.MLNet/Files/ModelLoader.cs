using System.Runtime.CompilerServices;
using FeatureReuse;

[assembly: LoadableClass(typeof(ITransformer), typeof(ModelLoader), null, typeof(SignatureLoadModel),
    MLNetInternals.LoaderName, MLNetInternals.LoaderName)]

namespace FeatureReuse;

/// <summary>Loads every transformer of this library for mlContext.Model.Load, which finds the class by the attribute above.</summary>
internal static class ModelLoader
{
    private delegate ITransformer Reader(ModelFile file, IReadOnlyList<NetworkArchitecture> architectures);

    /// <summary>For each kind the key that only its files have, the more special first.</summary>
    private static readonly (string Key, Reader Read)[] Kinds =
    [
        (FeatureTransformer.Kind, FeatureTransformer.Read),
        (NetworkTransformer.Kind, NetworkTransformer.Read),
        (DiagonalLinearTransformer.Kind, (file, _) => DiagonalLinearTransformer.Read(file)),
        (TwoLayerReluTransformer.Kind, (file, _) => TwoLayerReluTransformer.Read(file)),
        (LearnedFeaturesTransformer.Kind, (file, _) => LearnedFeaturesTransformer.Read(file)),
    ];

    /// <summary>Keeps an environment that ML.NET makes for loading, and with it its log, as long as what was loaded.</summary>
    private static readonly ConditionalWeakTable<ITransformer, IHostEnvironment> Environments = [];

    /// <summary>By component catalog, which all environments have in common that ML.NET derives from an MLContext.</summary>
    private static readonly ConditionalWeakTable<ComponentCatalog, List<NetworkArchitecture>> Architectures = [];

    /// <summary>Adds a custom architecture that saved models may have.</summary>
    /// <exception cref="ArgumentException">The context has another architecture of this name.</exception>
    public static void Add(IHostEnvironment environment, NetworkArchitecture architecture)
    {
        List<NetworkArchitecture> added = Architectures.GetOrCreateValue(environment.ComponentCatalog);
        lock (added)
        {
            NetworkArchitecture.RequireDistinct([.. added, Require.NotNull(architecture)]);
            if (!added.Contains(architecture))
                added.Add(architecture);
        }
    }

    /// <summary>ML.NET finds the method by its name and the types of its parameters.</summary>
#pragma warning disable IDE0051
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context)
#pragma warning restore IDE0051
    {
        List<NetworkArchitecture> added = Architectures.GetOrCreateValue(environment.ComponentCatalog);
        NetworkArchitecture[] architectures;
        lock (added)
            architectures = [.. added];
        ITransformer transformer = MLNetInternals.Read(context,
            stream => ModelFile.Load(stream, "The model", file => Read(file, architectures)));
        Environments.Add(transformer, environment);
        WarningLog.Connect(environment);
        return transformer;
    }

    private static ITransformer Read(ModelFile file, IReadOnlyList<NetworkArchitecture> architectures)
    {
        Reader? read = Kinds.FirstOrDefault(kind => file.Metadata.ContainsKey(kind.Key)).Read;
        return read is null ? throw new InvalidDataException($"it holds none of {string.Join(", ", Kinds.Select(kind => kind.Key))}")
            : read(file, architectures);
    }
}
