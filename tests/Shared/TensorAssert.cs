using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse;

/// <summary>Compares numbers with others, and fails where they are not numbers.</summary>
internal static class TensorAssert
{
    /// <summary>Compares within a relative and an absolute tolerance, and says where the numbers differ most.</summary>
    public static void AreClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double rtol, double atol,
        string what = "values")
    {
        if (expected.Length != actual.Length)
            Assert.Fail($"{what}: {expected.Length} numbers expected, {actual.Length} found.");
        double worst = 0;
        int index = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = expected[i].Equals(actual[i]);
            double excess = same ? 0 : Math.Abs(expected[i] - actual[i]) - atol - rtol * Math.Abs(expected[i]);
            if (double.IsNaN(excess))
                excess = double.PositiveInfinity;
            if (excess > worst)
                (worst, index) = (excess, i);
        }
        if (index >= 0)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture,
                $"{what}: at index {index} of {expected.Length}, {expected[index]:R} expected, {actual[index]:R} found ")
                + string.Create(CultureInfo.InvariantCulture, $"(rtol {rtol}, atol {atol})."));
        }
    }

    public static void AreClose(float[] expected, float[] actual, double rtol, double atol, string what = "values")
        => AreClose(Array.ConvertAll(expected, value => (double)value), Array.ConvertAll(actual, value => (double)value), rtol, atol, what);

    public static void AreClose(Tensor expected, Tensor actual, double rtol, double atol, string what = "values")
    {
        CollectionAssert.AreEqual(expected.shape, actual.shape, $"{what}: shapes differ.");
        AreClose(Values(expected), Values(actual), rtol, atol, what);
    }

    /// <summary>Requires a number below a bound; Assert.IsLessThan lets NaN pass.</summary>
    public static void IsBelow(double bound, double actual, string what = "value")
        => Assert.IsTrue(actual < bound, string.Create(CultureInfo.InvariantCulture, $"{what}: {actual:R} is not below {bound:R}."));

    /// <summary>Requires a number not above a bound; Assert.IsLessThanOrEqualTo lets NaN pass.</summary>
    public static void IsAtMost(double bound, double actual, string what = "value")
        => Assert.IsTrue(actual <= bound, string.Create(CultureInfo.InvariantCulture, $"{what}: {actual:R} is above {bound:R}."));

    public static double[] Values(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. tensor.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>()];
    }
}
