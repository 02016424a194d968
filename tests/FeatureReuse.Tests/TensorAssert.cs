using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests;

/// <summary>Compares numbers within a relative and an absolute tolerance, and says where they differ most.</summary>
internal static class TensorAssert
{
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

    public static void AreClose(Tensor expected, Tensor actual, double rtol, double atol, string what = "values")
    {
        CollectionAssert.AreEqual(expected.shape, actual.shape, $"{what}: shapes differ.");
        AreClose(Values(expected), Values(actual), rtol, atol, what);
    }

    public static double[] Values(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. tensor.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>()];
    }
}
