using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Runtime;

[TestClass]
public sealed class TensorArithmeticTests
{
    [TestMethod]
    public void Numbers_are_converted_to_scalars_nowhere_else() => TemporaryScalars.RequireNone(typeof(TensorArithmetic).Assembly);

    [TestMethod]
    public void The_test_of_conversions_sees_one()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.AreEqual(1, ones(2).mul(.5).sum().item<float>());
        Assert.ThrowsExactly<AssertFailedException>(() => TemporaryScalars.RequireNone(Assembly.GetExecutingAssembly()));
    }

    [TestMethod]
    public void Operations_are_those_of_libtorch()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([1f, -2, 3]);
        Tensor y = tensor([4f, 5, -6]);
        void AreEqual(float[] wanted, Tensor found)
            => TensorAssert.AreClose(wanted, found.data<float>().ToArray(), rtol: 1e-6, atol: 0, "values");
        AreEqual([.5f, -1, 1.5f], x.Times(.5));
        AreEqual([2, -4, 6], x.DividedBy(.5));
        AreEqual([3, .5f, 0], x.Plus(y, .5));
        AreEqual([1, -1, 2], x.ClampedTo(-1, 2));
        AreEqual([2, -4, 6], x.clone().TimesInPlace(2));
        AreEqual([9, 8, -9], x.clone().PlusInPlace(y, 2));
        AreEqual([1.5f, -1.5f, 3.5f], x.clone().PlusInPlace(.5));
        AreEqual([9, -22, -33], x.clone().PlusProductInPlace(x, y, 2));
        AreEqual([1.5f, -2.8f, 2], x.clone().PlusQuotientInPlace(x, y, 2));
    }
}
