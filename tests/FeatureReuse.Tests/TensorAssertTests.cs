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
    {
        AssertFailedException failure = Assert.ThrowsExactly<AssertFailedException>(()
            => TensorAssert.AreClose([1, 2, 3], [1, 2.5, 3.1], rtol: 0, atol: .01, "weights"));
        StringAssert.Contains(failure.Message, "weights: at index 1 of 3, 2 expected, 2.5 found");
    }

    [TestMethod]
    public void Not_a_number_differs_from_a_number()
        => Assert.ThrowsExactly<AssertFailedException>(() => TensorAssert.AreClose([1], [double.NaN], rtol: 1, atol: 1));

    [TestMethod]
    public void Different_lengths_differ()
        => Assert.ThrowsExactly<AssertFailedException>(() => TensorAssert.AreClose([1], [1, 1], rtol: 1, atol: 1));
}
