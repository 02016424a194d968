using MLNetTorchSharp;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Samples.Tests;

/// <summary>What is done to the network reaches ML.NET's modules in it.</summary>
[TestClass]
public sealed class SmallAutoFormerTests
{
    private const int Logits = 4;
    private static readonly ImageShape Shape = new(3, 32, 32);

    static SmallAutoFormerTests() => TorchRuntime.EnsureLoaded();

    [TestMethod]
    public void Training_and_evaluation_reach_batch_normalisation()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new SmallAutoFormer(Shape, Logits);
        BatchNorm2d[] norms = [.. network.modules().OfType<BatchNorm2d>()];
        Assert.HasCount(9, norms);
        Tensor images = rand(8, 3, 32, 32);
        Tensor[] before = [.. norms.Select(norm => norm.running_mean!.clone())];
        using Tensor trained = network.call(images);
        foreach ((BatchNorm2d norm, Tensor mean) in norms.Zip(before))
            Assert.IsGreaterThan(0, Difference(norm.running_mean!, mean), "training moves the running mean");
        network.eval();
        Tensor[] after = [.. norms.Select(norm => norm.running_mean!.clone())];
        using Tensor evaluated = network.call(images);
        Assert.IsGreaterThan(1e-3, Difference(evaluated, trained), "evaluation takes the running statistics, not the batch's");
        TensorAssert.AreClose(evaluated[..1], network.call(images[..1]), rtol: 0, atol: 1e-5, "one image alone");
        foreach ((BatchNorm2d norm, Tensor mean) in norms.Zip(after))
            TensorAssert.AreClose(mean, norm.running_mean!, rtol: 0, atol: 0, "running mean after evaluation");
    }

    /// <summary>Also that convolutions are right on this machine.</summary>
    [TestMethod]
    public void Precision_and_gradients_reach_every_parameter()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new SmallAutoFormer(Shape, Logits);
        network.eval();
        Tensor images = rand(4, 3, 32, 32);
        Tensor labels = arange(Logits);
        Tensor[] single = Gradients(images);
        network.to(ScalarType.Float64);
        Assert.IsTrue(network.parameters().Concat(network.buffers()).All(tensor => tensor.dtype is ScalarType.Float64 or ScalarType.Int64));
        Tensor[] twice = Gradients(images.to(ScalarType.Float64));
        foreach ((Tensor gradient, Tensor exact) in single.Zip(twice))
        {
            double largest = exact.abs().max().item<double>();
            Assert.IsGreaterThan(0, largest);
            TensorAssert.AreClose(exact, gradient, rtol: 0, atol: 1e-3 * largest, "gradient");
        }

        Tensor[] Gradients(Tensor input)
        {
            network.zero_grad();
            nn.functional.cross_entropy(network.call(input), labels).backward();
            return [.. network.parameters().Select(parameter => parameter.grad!.clone())];
        }
    }

    [TestMethod]
    public void A_forward_and_backward_pass_leaves_no_tensor_behind()
    {
        using var network = new SmallAutoFormer(Shape, Logits);
        using Tensor images = rand(2, 3, 32, 32);
        Step();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Step();
        Assert.AreEqual(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using DisposeScope scope = NewDisposeScope();
            network.call(images).sum().backward();
        }
    }

    private static double Difference(Tensor a, Tensor b) => (a - b).abs().max().to(ScalarType.Float64).item<double>();
}
