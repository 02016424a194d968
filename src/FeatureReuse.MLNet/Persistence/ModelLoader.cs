using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace FeatureReuse;

/// <summary>What mlContext.Model.Load calls for every transformer of this library; the assembly's LoadableClass attribute names it.</summary>
internal static class ModelLoader
{
    /// <summary>Of each kind the key that only its files have, the more special first.</summary>
    private static readonly (string Key, Func<ModelFile, ITransformer> Read)[] Kinds =
    [
        (FeatureTransformer.Kind, FeatureTransformer.Read),
        (NetworkTransformer.Kind, NetworkTransformer.Read),
        (DiagonalLinearTransformer.Kind, DiagonalLinearTransformer.Read),
        (TwoLayerReluTransformer.Kind, TwoLayerReluTransformer.Read),
        (LearnedFeaturesTransformer.Kind, LearnedFeaturesTransformer.Read),
    ];

    /// <summary>An environment that ML.NET makes for loading lives, and hears warnings, as long as what was loaded.</summary>
    private static readonly ConditionalWeakTable<ITransformer, IHostEnvironment> Environments = [];

    /// <summary>Found by its name and the types that ML.NET passes; of a ModelLoadContext, which is internal, any object will do.</summary>
#pragma warning disable IDE0051, IDE0060 // ML.NET calls it
    private static ITransformer Create(IHostEnvironment environment, object context)
    {
        ITransformer transformer = MLNetInternals.Read(context, stream => ModelFile.Load(stream, "The model", Read));
        Environments.Add(transformer, environment);
        WarningLog.Connect(environment);
        return transformer;
    }
#pragma warning restore IDE0051, IDE0060

    private static ITransformer Read(ModelFile file)
    {
        foreach ((string key, Func<ModelFile, ITransformer> read) in Kinds)
        {
            if (file.Metadata.ContainsKey(key))
                return read(file);
        }
        throw new InvalidDataException($"it holds none of {string.Join(", ", Kinds.Select(kind => kind.Key))}");
    }
}
