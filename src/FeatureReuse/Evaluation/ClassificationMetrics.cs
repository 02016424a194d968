using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>Measures how accurate and how well calibrated the probabilities of a classifier are.</summary>
/// <param name="Count">The number of images.</param>
/// <param name="Accuracy">The fraction of images whose most probable class is the true one.</param>
/// <param name="MacroF1">The mean F1 of the classes that occur.</param>
/// <param name="LogLoss">The mean of -ln(probability of the true class), in nats.</param>
/// <param name="ExpectedCalibrationError">
/// The mean difference of confidence (the largest probability) and accuracy over the bins, weighted by images; 0 to 1 (arXiv 1706.04599).
/// </param>
/// <param name="Classes">The metrics of each class, in the order of the probabilities.</param>
/// <param name="Reliability">The bins of confidence, of equal width, from 0 to 1.</param>
public sealed record ClassificationMetrics(int Count, double Accuracy, double MacroF1, double LogLoss, double ExpectedCalibrationError,
    IReadOnlyList<ClassMetrics> Classes, IReadOnlyList<ReliabilityBin> Reliability)
{
    /// <summary>The default number of bins, that of Guo et al.</summary>
    public const int DefaultBins = 15;

    private const double LeastProbability = 1e-15;

    /// <summary>Computes the metrics.</summary>
    /// <param name="probabilities">The class probabilities of each image; at least one image.</param>
    /// <param name="labels">The true class of each image, from 0.</param>
    /// <param name="classNames">The classes.</param>
    /// <param name="bins">The number of bins of confidence; 1 to 1000.</param>
    /// <exception cref="ArgumentException">The numbers of images or classes do not match.</exception>
    public static ClassificationMetrics From(
        IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels, IReadOnlyList<string> classNames, int bins = DefaultBins)
    {
        Require.NotNull(probabilities);
        Require.NotNull(labels);
        Require.NotNull(classNames);
        RequireBins(bins);
        if (probabilities.Count == 0 || probabilities.Count != labels.Count)
        {
            throw new ArgumentException($"There are probabilities for {probabilities.Count} images and {labels.Count} labels; "
                + "there must be as many of both, and at least one.", nameof(labels));
        }
        int classes = classNames.Count;
        var actual = new int[classes];
        var predicted = new int[classes];
        var right = new int[classes];
        var confidence = new double[bins];
        var hits = new int[bins];
        var inBin = new int[bins];
        double loss = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            float[] values = probabilities[row];
            int label = labels[row];
            if (values.Length != classes || (uint)label >= (uint)classes)
            {
                throw new ArgumentException($"Image {row} has {values.Length} probabilities and label {label}; "
                    + $"there are {classes} classes.", nameof(probabilities));
            }
            int best = TensorPrimitives.IndexOfMax<float>(values);
            actual[label]++;
            predicted[best]++;
            int bin = Math.Clamp((int)(values[best] * bins), 0, bins - 1);
            inBin[bin]++;
            confidence[bin] += values[best];
            int hit = best == label ? 1 : 0;
            right[label] += hit;
            hits[bin] += hit;
            loss -= Math.Log(Math.Max(values[label], LeastProbability));
        }
        ClassMetrics[] byClass = [.. classNames.Select((name, c)
            => new ClassMetrics(name, actual[c], Ratio(right[c], predicted[c]), Ratio(right[c], actual[c])))];
        ReliabilityBin[] reliability = [.. Enumerable.Range(0, bins).Select(bin => new ReliabilityBin((double)bin / bins,
            (double)(bin + 1) / bins, inBin[bin], Ratio(confidence[bin], inBin[bin]), Ratio(hits[bin], inBin[bin])))];
        double calibrationError = reliability.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / labels.Count;
        return new(labels.Count, (double)right.Sum() / labels.Count, byClass.Where(one => one.Count > 0).Average(one => one.F1),
            loss / labels.Count, calibrationError, byClass, reliability);
    }

    internal static void RequireBins(int bins) => Require.InRange(bins, 1, 1000, nameof(bins));

    private static double Ratio(double part, int whole) => whole == 0 ? 0 : part / whole;
}
