namespace FeatureReuse.Tests.Shallow;

internal static class UntrainedFeatures
{
    /// <summary>Draws normal weights of standard deviation 1 / sqrt(width).</summary>
    public static LearnedFeatures Draw(int width, int neurons, int seed)
    {
        var weights = new float[neurons * width];
        new SeededRandom(seed, RandomStream.ShallowWeights).FillNormal(weights, 1 / Math.Sqrt(width));
        return new LearnedFeatures(weights, width);
    }
}
