namespace FeatureReuse;

/// <summary>Holds the participation ratios, the overlap and the shared dimensions of two sets of activations of the same images.</summary>
internal readonly record struct FeatureSpectrum(double FirstPR, double SecondPR, double Overlap, double Ensd)
{
    /// <summary>Measures activations [images, features], as a mean over blocks of features; those that only one has are left out.</summary>
    public static FeatureSpectrum From(Tensor first, Tensor second, int? block = null)
    {
        long width = Math.Min(first.shape[1], second.shape[1]);
        List<FeatureSpectrum> parts = [];
        for (long start = 0; start < width; start += block ?? width)
        {
            long size = Math.Min(block ?? width, width - start);
            using DisposeScope scope = NewDisposeScope();
            parts.Add(OfBlock(first.narrow(1, start, size), second.narrow(1, start, size)));
        }
        return new(parts.Average(part => part.FirstPR), parts.Average(part => part.SecondPR), parts.Average(part => part.Overlap),
            parts.Average(part => part.Ensd));
    }

    private static FeatureSpectrum OfBlock(Tensor first, Tensor second)
    {
        (double firstTrace, double firstPR) = Measure(first.mm(first.t()));
        (double secondTrace, double secondPR) = Measure(second.mm(second.t()));
        // tr(X1^T X1 X2^T X2) is the sum of the squares of X1 X2^T.
        double shared = SumOfSquares(first.mm(second.t()).to(ScalarType.Float64));
        double overlap = shared == 0 ? 0 : shared / (firstTrace * secondTrace);
        return new(firstPR, secondPR, overlap, firstPR * secondPR * overlap);
    }

    /// <summary>Returns the trace and the participation ratio of a Gram matrix [images, images]; 0 and 0 without activations.</summary>
    private static (double Trace, double PR) Measure(Tensor gram)
    {
        // Squares of small or large activations are out of the range of float32.
        Tensor precise = gram.to(ScalarType.Float64);
        double trace = precise.diag().sum().ReadDouble();
        return (trace, trace == 0 ? 0 : trace * trace / SumOfSquares(precise));
    }

    public static double SumOfSquares(Tensor values) => values.mul(values).sum(ScalarType.Float64).ReadDouble();
}
