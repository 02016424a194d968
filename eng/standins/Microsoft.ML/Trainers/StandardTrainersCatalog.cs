using Microsoft.ML.Evaluation;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>Linear trainers.</summary>
public static class StandardTrainersCatalog
{
    public static LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null, float l1Regularization = 1, float l2Regularization = 1, float optimizationTolerance = 1e-7f,
        int historySize = 20, bool enforceNonNegativity = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Checks.That(l1Regularization >= 0, nameof(l1Regularization), "Must be non-negative");
        Checks.That(l2Regularization >= 0, nameof(l2Regularization), "Must be non-negative");
        Checks.That(optimizationTolerance > 0, nameof(optimizationTolerance), "Must be positive");
        Checks.That(historySize > 0, nameof(historySize), "Must be positive");
        var columns = new TrainerColumns(labelColumnName, featureColumnName, exampleWeightColumnName);
        return new LbfgsMaximumEntropyMulticlassTrainer(columns, l1Regularization, l2Regularization, optimizationTolerance, historySize, enforceNonNegativity);
    }

    public static SdcaRegressionTrainer Sdca(
        this RegressionCatalog.RegressionTrainers catalog, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null, float? l2Regularization = null, float? l1Regularization = null, int? maximumNumberOfIterations = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Checks.That(l2Regularization is null or >= 0, nameof(l2Regularization), "Must be non-negative");
        Checks.That(l1Regularization is null or >= 0, nameof(l1Regularization), "Must be non-negative");
        Checks.That(maximumNumberOfIterations is null or > 0, nameof(maximumNumberOfIterations), "Must be positive");
        var columns = new TrainerColumns(labelColumnName, featureColumnName, exampleWeightColumnName);
        return new SdcaRegressionTrainer(columns, l2Regularization, l1Regularization, maximumNumberOfIterations);
    }
}
