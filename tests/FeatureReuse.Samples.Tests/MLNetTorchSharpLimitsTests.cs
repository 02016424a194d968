using Microsoft.ML.TorchSharp.AutoFormerV2;
using Microsoft.ML.TorchSharp.NasBert.Models;
using Microsoft.ML.TorchSharp.NasBert.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Samples.Tests;

/// <summary>
/// Records what of Microsoft.ML.TorchSharp 0.23.1 does not work on TorchSharp 0.107. When one of these tests fails, it works: change the
/// table in the sample's README.
/// </summary>
[TestClass]
public sealed class MLNetTorchSharpLimitsTests
{
    static MLNetTorchSharpLimitsTests() => TorchRuntime.EnsureLoaded();

    [TestMethod]
    public void The_detectors_block_and_neck_call_a_method_that_is_not_there()
    {
        using DisposeScope scope = NewDisposeScope();
        using var block = new AutoFormerV2Block(16, 2);
        using var neck = new FPN([16, 16, 16], 16);
        LacksInterpolate(() => block.call(rand(1, 49, 16), 7, 7, null!));
        LacksInterpolate(() => neck.call([rand(1, 16, 8, 8), rand(1, 16, 4, 4), rand(1, 16, 2, 2)]));

        static void LacksInterpolate(Action action)
            => Failure.Requires<MissingMethodException>("functional.interpolate", action);
    }

    [TestMethod]
    public void The_text_encoder_disposes_its_weights_as_it_draws_them()
    {
        using DisposeScope scope = NewDisposeScope();
        int[] layers = [7, 8, 0, 0];
        using var encoder = new NasBertEncoder(
            1, 100, embedSize: 64, arches: layers, numEncoderLayers: layers.Length, encoderNormalizeBefore: true);
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => encoder.call(ones([1, 4], ScalarType.Int64))).Message;
        StringAssert.Contains(message, "empty handle");
    }

    [TestMethod]
    public void The_fast_GELU_has_no_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        using var gelu = new GeLUFast();
        Tensor output = gelu.call(rand(4).requires_grad_());
        Assert.Throws<Exception>(() => output.sum().backward());
    }

    [TestMethod]
    public void Modules_register_their_parameters_neither_alone_nor_in_a_Sequential()
    {
        using var alone = new MBConv(16, 16, 2);
        using var sequential = nn.Sequential(new MBConv(16, 16, 2));
        Assert.AreEqual(0, alone.parameters().Count());
        Assert.AreEqual(0, sequential.parameters().Count());
    }
}
