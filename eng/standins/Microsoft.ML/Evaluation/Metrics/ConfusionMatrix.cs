using Microsoft.ML.Evaluation;

namespace Microsoft.ML.Data;

/// <summary>Counts of rows by true and predicted class.</summary>
public sealed class ConfusionMatrix
{
    private readonly string[] _names;
    private readonly bool _binary;

    internal ConfusionMatrix(double[][] counts, ReadOnlyMemory<char>[] names, bool binary)
    {
        _names = [.. names.Select(name => name.ToString())];
        _binary = binary;
        int classes = counts.Length;
        NumberOfClasses = classes;
        Counts = [.. counts.Select(row => Array.AsReadOnly(row))];
        PerClassRecall = [.. counts.Select((row, i) => Share(row[i], row.Sum()))];
        PerClassPrecision = [.. Enumerable.Range(0, classes).Select(i => Share(counts[i][i], counts.Sum(row => row[i])))];
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses { get; }

    public string GetFormattedConfusionTable() => ConfusionTableText.Of(this, _names, _binary);

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        const string message = "Invalid index. Should be non-negative, less than the number of classes.";
        Checks.That(predictedClassIndicatorIndex >= 0 && predictedClassIndicatorIndex < NumberOfClasses, nameof(predictedClassIndicatorIndex), message);
        Checks.That(actualClassIndicatorIndex >= 0 && actualClassIndicatorIndex < NumberOfClasses, nameof(actualClassIndicatorIndex), message);
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
