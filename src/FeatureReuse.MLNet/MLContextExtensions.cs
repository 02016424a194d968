using FeatureReuse;

namespace Microsoft.ML;

/// <summary>Adds <c>FeatureReuse</c> to <see cref="MLContext"/>.</summary>
public static class MLContextExtensions
{
    extension(MLContext context)
    {
        /// <summary>Loading of image data sets, and estimators for pretraining, weight rescaling, finetuning and probing.</summary>
        public FeatureReuseCatalog FeatureReuse => new(context);
    }
}
