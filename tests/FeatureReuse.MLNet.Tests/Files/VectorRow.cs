using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>A row of features with a number and the labels of two binary tasks.</summary>
internal sealed class VectorRow
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    [VectorType(2)]
    public float[] Labels { get; set; } = [0, 0];

    /// <summary>Makes a row of random features, of which two determine the number.</summary>
    public static VectorRow Make(int number)
    {
        var random = new Random(number);
        float[] features = [.. Enumerable.Range(0, 4).Select(_ => (float)random.NextDouble())];
        return new VectorRow { Features = features, Label = features[0] - .5f * features[2], Labels = [number % 2, number / 2 % 2] };
    }
}
