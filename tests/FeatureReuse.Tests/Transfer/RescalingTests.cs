using TorchSharp;

namespace FeatureReuse.Tests.Transfer;

[TestClass]
public sealed class RescalingTests
{
    private static ImageClassifier Build(NetworkArchitecture? network = null)
        => (network ?? NetworkArchitecture.ResNet18).Build(new ImageShape(3, 32, 32), InputNormalization.Symmetric,
            [new Head("main", ["a", "b"], 0)], seed: 1);

    /// <summary>Every entry of the state, buffers included, against the factor that it should have got.</summary>
    private static void AssertFactors(Rescaling rescaling, Func<string, long, double> factorOf)
    {
        using ImageClassifier original = Build();
        using ImageClassifier rescaled = original.Copy();
        rescaling.Apply(rescaled);
        using DisposeScope scope = torch.NewDisposeScope();
        var after = rescaled.state_dict();
        foreach ((string name, torch.Tensor before) in original.state_dict())
        {
            bool buffer = name.Contains("running_", StringComparison.Ordinal) || name.Contains("num_batches", StringComparison.Ordinal);
            double factor = buffer ? 1 : factorOf(name, before.dim());
            TensorAssert.AreClose(before.mul(factor), after[name], rtol: 1e-6, atol: 0, name);
        }
    }

    [TestMethod]
    [DataRow(.125f)]
    [DataRow(2f)]
    public void The_papers_rescaling_multiplies_every_parameter_and_no_running_statistic(float factor)
        => AssertFactors(factor, (_, _) => factor);

    [TestMethod]
    public void Weights_only_leaves_biases_and_batch_normalisation()
        => AssertFactors(Rescaling.WeightsOnly(.5f), (_, dimensions) => dimensions >= 2 ? .5 : 1);

    [TestMethod]
    public void A_profile_multiplies_layer_by_layer()
        => AssertFactors(Rescaling.ByLayer(new Dictionary<string, float> { ["stem"] = .25f, ["layer2"] = .5f, ["logits"] = 2 }),
            (name, _) => name.StartsWith("conv1.", StringComparison.Ordinal) || name.StartsWith("bn1.", StringComparison.Ordinal) ? .25
                : name.StartsWith("layer2.", StringComparison.Ordinal) ? .5
                : name.StartsWith("fc.", StringComparison.Ordinal) ? 2 : 1);

    /// <summary>ResNet-18 has six layers with parameters, so that the ratio from one to the next is 2.</summary>
    [TestMethod]
    public void Over_depth_the_layers_follow_in_equal_ratios()
        => AssertFactors(Rescaling.OverDepth(1 / 32f),
            (name, _) => name.StartsWith("layer", StringComparison.Ordinal) ? Math.Pow(2, name[5] - '0' - 5)
                : name.StartsWith("fc.", StringComparison.Ordinal) ? 1 : 1 / 32.0);

    [TestMethod]
    public void An_unknown_layer_is_named_with_those_there_are()
    {
        using ImageClassifier network = Build(NetworkArchitecture.SmallCnn);
        Failure.Requires<ArgumentException>(
            "Rescaling names the layer 'stem'; the layers of SmallCnn with parameters are conv1, conv2, conv3, logits.",
            () => Rescaling.ByLayer(new Dictionary<string, float> { ["stem"] = .5f }).Apply(network));
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(-1f)]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void A_factor_out_of_range_is_refused(float factor)
        => Failure.Requires<ArgumentOutOfRangeException>("it must be above 0 and at most 1000.", () => Rescaling.All(factor));

    [TestMethod]
    public void Equal_rescalings_are_equal()
    {
        Assert.AreEqual<Rescaling>(.5f, Rescaling.All(.5f));
        Assert.AreNotEqual(Rescaling.WeightsOnly(.5f), Rescaling.All(.5f));
        Assert.AreNotEqual(Rescaling.OverDepth(.5f), Rescaling.All(.5f));
        Assert.AreEqual(Rescaling.ByLayer(new Dictionary<string, float> { ["a"] = 1, ["b"] = 2 }),
            Rescaling.ByLayer(new Dictionary<string, float> { ["b"] = 2, ["a"] = 1 }));
    }
}
