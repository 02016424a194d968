namespace FeatureReuse.Tests;

[TestClass]
public sealed class TensorAssertTests
{
    [TestMethod]
    public void Close_numbers_pass()
        => TensorAssert.AreClose([1, double.NaN, double.PositiveInfinity], [1.0001, double.NaN, double.PositiveInfinity], rtol: 1e-3,
            atol: 0);

    [TestMethod]
    public void The_largest_difference_is_named()
        => Failure.Requires<AssertFailedException>("weights: at index 1 of 3, 2 expected, 2.5 found",
            () => TensorAssert.AreClose([1, 2, 3], [1, 2.5, 3.1], rtol: 0, atol: .01, "weights"));

    [TestMethod]
    public void Not_a_number_differs_from_a_number()
        => Assert.ThrowsExactly<AssertFailedException>(() => TensorAssert.AreClose([1], [double.NaN], rtol: 1, atol: 1));

    [TestMethod]
    [DataRow(2)]
    [DataRow(double.NaN)]
    public void What_is_not_below_a_bound_is_named(double actual)
    {
        TensorAssert.IsBelow(2, 1.9);
        TensorAssert.IsAtMost(2, 2);
        Failure.Requires<AssertFailedException>(FormattableString.Invariant($"loss: {actual} is not below 2."),
            () => TensorAssert.IsBelow(2, actual, "loss"));
        Assert.ThrowsExactly<AssertFailedException>(() => TensorAssert.IsAtMost(1.9, actual));
    }

    [TestMethod]
    public void Different_lengths_differ()
        => Assert.ThrowsExactly<AssertFailedException>(() => TensorAssert.AreClose([1], [1, 1], rtol: 1, atol: 1));
}
