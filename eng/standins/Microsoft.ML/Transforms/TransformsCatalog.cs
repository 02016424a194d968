using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Estimators that change columns; extension methods hang on it.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog(IHostEnvironment environment)
    {
        Environment = environment;
        Conversion = new ConversionTransforms(environment);
    }

    public ConversionTransforms Conversion { get; }

    internal IHostEnvironment Environment { get; }

    /// <summary>Estimators that change types.</summary>
    public sealed class ConversionTransforms
    {
        internal ConversionTransforms(IHostEnvironment environment) => Environment = environment;

        internal IHostEnvironment Environment { get; }
    }
}
