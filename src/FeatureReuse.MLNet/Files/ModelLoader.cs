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

    /// <summary>ML.NET finds the method by its name and the types of its parameters.</summary>
#pragma warning disable IDE0051
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context)
#pragma warning restore IDE0051
    {
        IReadOnlyList<NetworkArchitecture> architectures = CustomArchitectures.Of(environment);
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
