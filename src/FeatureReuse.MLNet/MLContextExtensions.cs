using FeatureReuse;

namespace Microsoft.ML;

/// <summary>Adds <c>FeatureReuse</c> to <see cref="MLContext"/>.</summary>
public static class MLContextExtensions
{
    extension(MLContext context)
    {
        /// <summary>
        /// Gets the catalog that loads image data sets and creates estimators for pretraining, rescaling, finetuning and probing.
        /// </summary>
        public FeatureReuseCatalog FeatureReuse => new(context);
    }
}
