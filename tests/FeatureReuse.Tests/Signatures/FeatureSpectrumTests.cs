using TorchSharp;
using static TorchSharp.torch;

namespace FeatureReuse.Tests.Signatures;

[TestClass]
public sealed class FeatureSpectrumTests
{
    private const double Tolerance = 1e-5;

    [TestMethod]
    public void Equal_directions_count_one_each()
    {
        using DisposeScope scope = NewDisposeScope();
        // Four orthogonal images along four features of the same size.
        Tensor features = eye(4).mul(3);
        FeatureSpectrum spectrum = FeatureSpectrum.From(features, features);
        Assert.AreEqual(4, spectrum.FirstPR, Tolerance);
        Assert.AreEqual(4, spectrum.Ensd, Tolerance);
        Assert.AreEqual(.25, spectrum.Overlap, Tolerance);
    }

    [TestMethod]
    public void A_known_spectrum_gives_its_participation_ratio()
    {
        using DisposeScope scope = NewDisposeScope();
        // Eigenvalues 4, 1, 1 of X^T X: 6^2 / 18.
        Tensor features = tensor(new float[] { 2, 0, 0, 0, 1, 0, 0, 0, 1 }, 3, 3);
        Assert.AreEqual(2, FeatureSpectrum.From(features, features).FirstPR, Tolerance);
    }

    [TestMethod]
    public void Orthogonal_subspaces_share_nothing()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first = tensor(new float[] { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, 3, 4);
        Tensor second = tensor(new float[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1 }, 3, 4);
        FeatureSpectrum spectrum = FeatureSpectrum.From(first, second);
        Assert.AreEqual(0, spectrum.Ensd, Tolerance);
        Assert.AreEqual(2, spectrum.FirstPR, Tolerance);
        Assert.AreEqual(1, spectrum.SecondPR, Tolerance);
    }

    [TestMethod]
    public void A_selection_of_the_features_shares_all_that_is_left()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor all = eye(5);
        Tensor selected = diag(tensor(new float[] { 1, 1, 0, 0, 0 }));
        FeatureSpectrum spectrum = FeatureSpectrum.From(all, selected);
        Assert.AreEqual(2, spectrum.SecondPR, Tolerance);
        Assert.AreEqual(2, spectrum.Ensd, Tolerance, "ENSD stays at the participation ratio after the selection.");
    }

    [TestMethod]
    public void Reflection_and_scale_change_no_participation_ratio_and_of_both_no_overlap()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(3);
        Tensor features = randn([20, 7], generator: random);
        Tensor axis = randn([7, 1], generator: random);
        Tensor rotation = eye(7).sub(axis.mm(axis.t()).mul(2 / axis.mul(axis).sum().ToSingle()));
        Tensor turned = features.mm(rotation).mul(5);
        FeatureSpectrum own = FeatureSpectrum.From(features, features);
        FeatureSpectrum both = FeatureSpectrum.From(turned, turned);
        Assert.AreEqual(own.FirstPR, both.FirstPR, 1e-4);
        Assert.AreEqual(own.Overlap, both.Overlap, 1e-6);
    }

    [TestMethod]
    [DataRow(6, 9)]
    [DataRow(9, 6)]
    public void Gram_matrices_give_what_the_definition_gives(int images, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(4);
        Tensor first = randn([images, width], generator: random);
        Tensor second = randn([images, width], generator: random);
        FeatureSpectrum spectrum = FeatureSpectrum.From(first, second);
        Tensor firstC = Covariance(first);
        Tensor secondC = Covariance(second);
        double overlap = firstC.mm(secondC).diag().sum().ToDouble();
        Assert.AreEqual(overlap, spectrum.Overlap, 1e-6);
        Assert.AreEqual(1 / firstC.mm(firstC).diag().sum().ToDouble(), spectrum.FirstPR, 1e-4);
        Assert.AreEqual(spectrum.FirstPR * spectrum.SecondPR * overlap, spectrum.Ensd, 1e-4);

        static Tensor Covariance(Tensor x) => x.t().mm(x).div(x.mul(x).sum());
    }

    /// <summary>Squares of products of such activations are out of the range of float32.</summary>
    [TestMethod]
    [DataRow(1e-12f)]
    [DataRow(1e12f)]
    public void Participation_ratios_do_not_depend_on_the_scale(float scale)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = diag(tensor(new float[] { scale, scale, 0, 0 }));
        FeatureSpectrum spectrum = FeatureSpectrum.From(features, eye(4).mul(scale));
        Assert.AreEqual(2, spectrum.FirstPR, Tolerance);
        Assert.AreEqual(4, spectrum.SecondPR, Tolerance);
        Assert.AreEqual(2, spectrum.Ensd, Tolerance);
    }

    [TestMethod]
    public void Features_that_are_all_zero_have_no_dimensions()
    {
        using DisposeScope scope = NewDisposeScope();
        FeatureSpectrum spectrum = FeatureSpectrum.From(eye(4), zeros(4, 4));
        Assert.AreEqual(new FeatureSpectrum(4, 0, 0, 0), spectrum);
        Assert.AreEqual(FeatureReuseKind.New, new LayerSignature(0, "", 4, 0, 0, 0, 1, 1, 0).ReuseKind);
    }

    [TestMethod]
    public void Blocks_of_features_are_averaged()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = cat([eye(4), diag(tensor(new float[] { 1, 1, 0, 0 }))], 1);
        FeatureSpectrum spectrum = FeatureSpectrum.From(features, features, block: 4);
        Assert.AreEqual(3, spectrum.FirstPR, Tolerance, "the mean of 4 and 2");
        Assert.AreEqual(3, spectrum.Ensd, Tolerance);
    }
}
