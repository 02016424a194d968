using FeatureReuse;
using Microsoft.ML.Data;

namespace LearnFeatures;

/// <summary>Inputs, the labels of all tasks, and a target: the exclusive or of two labels, which is not linear in the inputs.</summary>
internal sealed class Row
{
    public const int Inputs = 40;
    public const int Tasks = 30;

    [VectorType(Inputs)]
    public float[] Features { get; set; } = [];

    [VectorType(Tasks)]
    public float[] Labels { get; set; } = [];

    public bool Target { get; set; }

    public static IEnumerable<Row> From(BinaryTaskSamples samples) => [.. Enumerable.Range(0, samples.Count).Select(row =>
    {
        float[] labels = [.. Enumerable.Range(0, Tasks).Select(task => samples.GetLabel(row, task))];
        return new Row { Features = samples.GetInput(row).ToArray(), Labels = labels, Target = labels[0] != labels[1] };
    })];
}
