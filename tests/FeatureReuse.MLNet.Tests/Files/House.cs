using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Files;

/// <summary>A row for shallow regression: four random features, of which two determine the label.</summary>
internal sealed class House
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public static House Make(int number)
    {
        var random = new Random(number);
        float[] features = [.. Enumerable.Range(0, 4).Select(_ => (float)random.NextDouble())];
        return new House { Features = features, Label = features[0] - .5f * features[2] };
    }
}
