namespace FeatureReuse;

/// <summary>
/// Holds the participation ratios and the overlap of two sets of activations of the same images, from Gram matrices [images, images].
/// </summary>
internal readonly record struct FeatureSpectrum(double FirstPR, double SecondPR, double Overlap)
{
    public double Ensd => FirstPR * SecondPR * Overlap;

    /// <summary>Measures the spectrum, and ENSD, which is not the product of means.</summary>
    /// <param name="first">The activations [images, features] of one network.</param>
    /// <param name="second">Those of the other; features at the end that only one of them has are left out.</param>
    /// <param name="block">The size of the blocks of features to average over; null measures all at once.</param>
    public static (FeatureSpectrum Spectrum, double Ensd) From(Tensor first, Tensor second, int? block = null)
    {
        long width = Math.Min(first.shape[1], second.shape[1]);
        List<FeatureSpectrum> parts = [];
        for (long start = 0; start < width; start += block ?? width)
        {
            long size = Math.Min(block ?? width, width - start);
            using DisposeScope scope = NewDisposeScope();
            parts.Add(From(first.narrow(1, start, size), second.narrow(1, start, size)));
        }
        double Mean(Func<FeatureSpectrum, double> value) => parts.Average(value);
        return (new(Mean(part => part.FirstPR), Mean(part => part.SecondPR), Mean(part => part.Overlap)), Mean(part => part.Ensd));
    }

    private static FeatureSpectrum From(Tensor first, Tensor second)
    {
        Tensor firstGram = first.mm(first.t());
        Tensor secondGram = second.mm(second.t());
        double firstTrace = Trace(firstGram);
        double secondTrace = Trace(secondGram);
        // tr(X1^T X1 X2^T X2) is the sum of the squares of X1 X2^T.
        Tensor cross = first.mm(second.t());
        double overlap = Sum(cross, cross) / (firstTrace * secondTrace);
        return new(firstTrace * firstTrace / Sum(firstGram, firstGram), secondTrace * secondTrace / Sum(secondGram, secondGram), overlap);
    }

    private static double Trace(Tensor gram) => gram.diag().sum(ScalarType.Float64).ReadDouble();
    private static double Sum(Tensor first, Tensor second) => first.mul(second).sum(ScalarType.Float64).ReadDouble();
}
