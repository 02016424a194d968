namespace FeatureReuse.Tests.Shallow.Theory;

[TestClass]
public sealed class PenaltyTests
{
    private static readonly double[] Strengths = [1e-12, 1e-6, 1e-3, .1, 1, 7, 1e4];

    [TestMethod]
    [DataRow(1e-4, 1.1123, 1.0001)]
    [DataRow(.01, 1.2298, 1.0100)]
    [DataRow(.1, 1.4323, 1.0995)]
    [DataRow(1, 1.8867, 1.7071)]
    [DataRow(10, 1.9983, 1.9950)]
    public void The_l_orders_of_diagonal_networks_are_the_published_ones(double auxiliary, double finetuning, double multiTask)
    {
        Assert.AreEqual(finetuning, DiagonalPenalties.Finetuning(1, auxiliary).LOrder, 5e-5);
        Assert.AreEqual(multiTask, DiagonalPenalties.MultiTask(1, auxiliary).LOrder, 5e-5);
    }

    public static IEnumerable<object[]> Families =>
    [
        ["diagonal PT+FT, g = 0", (Func<double, double, Penalty>)((b, a) => DiagonalPenalties.Finetuning(b, a))],
        ["diagonal PT+FT, g = .3", (Func<double, double, Penalty>)((b, a) => DiagonalPenalties.Finetuning(b, a, .3))],
        ["MTL", (Func<double, double, Penalty>)DiagonalPenalties.MultiTask],
        ["ReLU PT+FT, cos 1", (Func<double, double, Penalty>)((b, a) => ReluPenalties.Finetuning(b, a, 1))],
        ["ReLU PT+FT, cos .9", (Func<double, double, Penalty>)((b, a) => ReluPenalties.Finetuning(b, a, .9))],
        ["ReLU PT+FT, cos 0", (Func<double, double, Penalty>)((b, a) => ReluPenalties.Finetuning(b, a, 0))],
        ["ReLU PT+FT, cos -.5", (Func<double, double, Penalty>)((b, a) => ReluPenalties.Finetuning(b, a, -.5))],
        ["ReLU PT+FT, cos .6, v0 = .2", (Func<double, double, Penalty>)((b, a) => ReluPenalties.Finetuning(b, a, .6, .2))],
        ["ReLU PT+FT, cos .6, v0 = -.2", (Func<double, double, Penalty>)((b, a) => ReluPenalties.Finetuning(b, a, .6, -.2))],
    ];

    [TestMethod]
    [DynamicData(nameof(Families))]
    public void The_closed_forms_are_the_slopes_of_the_penalty(string name, Func<double, double, Penalty> penalty)
    {
        // Where the least of two minima changes, or the penalty is 0, there is no slope: those pairs are not among these.
        const double Step = 1e-5;
        foreach (double main in new[] { .03, .4, 1, 6 })
        {
            foreach (double auxiliary in new[] { .02, .5, 1.3, 9 })
            {
                Penalty at = penalty(main, auxiliary);
                double byMain = SlopeOf(step => penalty(main * Math.Exp(step), auxiliary));
                double byAuxiliary = SlopeOf(step => penalty(main, auxiliary * Math.Exp(step)));
                string where = $"{name}, b = {main}, b_aux = {auxiliary}";
                Assert.AreEqual(byMain, at.LOrder, 1e-6 * Math.Max(1, Math.Abs(byMain)), where);
                Assert.AreEqual(byAuxiliary, at.FeatureDependence, 1e-6 * Math.Max(1, Math.Abs(byAuxiliary)), where);
            }
        }

        static double SlopeOf(Func<double, Penalty> at) => Math.Log(at(Step).Value / at(-Step).Value) / (2 * Step);
    }

    [TestMethod]
    [DynamicData(nameof(Families))]
    public void The_three_dependences_sum_to_one(string name, Func<double, double, Penalty> penalty)
    {
        foreach (double main in Strengths)
        {
            foreach (double auxiliary in Strengths)
            {
                Penalty at = penalty(main, auxiliary);
                double scale = Math.Max(1, Math.Abs(at.FeatureDependence) + Math.Abs(at.ReadoutDependence));
                Assert.AreEqual(1, at.LOrder + at.FeatureDependence + at.ReadoutDependence, 1e-7 * scale,
                    $"{name}, b = {main}, b_aux = {auxiliary}: {at}");
            }
        }
    }

    [TestMethod]
    public void Penalties_are_homogeneous_of_degree_one()
    {
        foreach (double size in new[] { 1e-9, 1e-3, 40, 1e8 })
        {
            double root = Math.Sqrt(size);
            Equal(size * DiagonalPenalties.Finetuning(.7, .2, .3).Value,
                DiagonalPenalties.Finetuning(.7 * size, .2 * size, .3 * root).Value, "diagonal PT+FT");
            Equal(size * DiagonalPenalties.MultiTask(.7, .2).Value, DiagonalPenalties.MultiTask(.7 * size, .2 * size).Value, "MTL");
            Equal(size * ReluPenalties.Finetuning(.7, .2, .8, .3).Value,
                ReluPenalties.Finetuning(.7 * size, .2 * size, .8, .3 * root).Value, "ReLU PT+FT");
        }

        static void Equal(double expected, double actual, string what) => Assert.AreEqual(expected, actual, 1e-12 * expected, what);
    }

    [TestMethod]
    public void The_limits_are_rich_and_lazy()
    {
        Assert.AreEqual(1, DiagonalPenalties.Finetuning(1, 1e-300).LOrder, 2e-3);
        Assert.AreEqual(2, DiagonalPenalties.Finetuning(1, 1e9).LOrder, 1e-9);
        Assert.AreEqual(-1, DiagonalPenalties.Finetuning(1, 1e9).FeatureDependence, 1e-9);
        Assert.AreEqual(double.PositiveInfinity, DiagonalPenalties.Finetuning(1, 0).Value);
        Assert.AreEqual(2, DiagonalPenalties.Finetuning(1e-200, 1).LOrder, 1e-12);
        // A pretrained unit in the right direction only has to grow its readout: b^2 / b_aux.
        Assert.AreEqual(1e-6, ReluPenalties.Finetuning(1, 1e6, 1).Value, 1e-11);
        // Without a pretrained unit, half goes to each layer.
        Assert.AreEqual(2, ReluPenalties.Finetuning(1, 0, 1).Value, 1e-14);
        // An unrelated unit's direction is no help, and its norm has to be unlearnt.
        Assert.AreEqual(ReluPenalties.Finetuning(1, 0, 0).Value + 5, ReluPenalties.Finetuning(1, 5, 0).Value, 1e-12);
    }

    [TestMethod]
    public void The_ReLU_penalty_is_the_least_of_its_definition()
    {
        foreach (double correlation in new[] { -1, -.4, 0, .5, .9, 1 })
        {
            foreach (double readout in new[] { -3, -.5, 0, .01, .8, 4 })
            {
                foreach (double main in new[] { -2, -.1, 0, 1e-3, .5, 6 })
                {
                    foreach (double auxiliary in new[] { 0, .01, 1, 20 })
                    {
                        double norm = Math.Sqrt(auxiliary);
                        // A unit without a contribution may also be switched off, and keep its readout.
                        double least = main == 0 ? auxiliary : double.PositiveInfinity;
                        for (int i = 0; i <= 60_000; i++)
                        {
                            double m = Math.Exp(-18 + 21.0 * i / 60_000);
                            double cost = Math.Pow(main / m - readout, 2) + m * m + auxiliary - 2 * m * norm * correlation;
                            least = Math.Min(least, cost);
                        }
                        Penalty penalty = ReluPenalties.Finetuning(main, auxiliary, correlation, readout);
                        string where = $"cos {correlation}, v0 {readout}, b {main}, b_aux {auxiliary}";
                        // The grid's spacing of 3.5e-4 in log m.
                        Assert.AreEqual(least, penalty.Value, 1e-5 * Math.Max(least, .1), where);
                        TensorAssert.IsAtMost(least + 1e-12, penalty.Value, where);
                    }
                }
            }
        }
    }

    [TestMethod]
    public void The_MTL_penalty_is_the_least_weight_norm_that_both_tasks_need()
    {
        // One first-layer weight w, readouts b / w and b_aux / w: half the sum of squares, less what the auxiliary task needs alone.
        foreach ((double b, double a) in new[] { (1.0, 0.0), (.3, 1), (2, .7), (-2, .7) })
        {
            double least = Enumerable.Range(0, 400_000).Min(i =>
            {
                double w = 1e-3 + i * 1e-5;
                return (w * w + (b * b + a * a) / (w * w)) / 2;
            });
            Assert.AreEqual(least - Math.Abs(a), DiagonalPenalties.MultiTask(b, a).Value, 1e-8);
        }
    }

    [TestMethod]
    public void Gradient_flow_from_balanced_weights_has_a_quarter_of_the_penalty()
    {
        // Both paths get first-layer weights whose sum of squares is that of the pretrained coordinate: S/2 = |b_aux| + g^2.
        const double Auxiliary = .8;
        const double Readout = .1;
        double first = Math.Sqrt(Auxiliary);
        var flow = GradientFlowPenalty.From(first, first, Readout, Readout);
        foreach (double main in new[] { -3, -.01, 0, .2, 5 })
        {
            double penalty = DiagonalPenalties.Finetuning(main, Auxiliary, Readout).Value;
            // c^2 = (S/2)^2 - b0^2, and b0 = 0 here.
            Assert.AreEqual(Auxiliary + Readout * Readout, flow.Scale, 1e-15);
            Assert.AreEqual(penalty, 4 * flow.ValueAt(main), 1e-14);
            Assert.AreEqual(main, flow.Scale * Math.Sinh(2 * flow.SlopeAt(main)), 1e-14 * Math.Max(1, Math.Abs(main)));
        }
    }

    [TestMethod]
    public void Regimes_follow_the_band()
    {
        Assert.AreEqual(FeatureRegime.Rich, DiagonalPenalties.MultiTask(1, .01).GetRegime());
        Assert.AreEqual(FeatureRegime.Nested, DiagonalPenalties.Finetuning(1, .1).GetRegime());
        Assert.AreEqual(FeatureRegime.Lazy, DiagonalPenalties.Finetuning(1, 10).GetRegime());
        Assert.AreEqual(FeatureRegime.Intermediate, DiagonalPenalties.Finetuning(1, 0, .3).GetRegime());
        // Smaller weights after pretraining: from lazy through nested to rich.
        FeatureRegime[] byRescaling =
            [.. new[] { 1, .1, 1e-6 }.Select(factor => DiagonalPenalties.Finetuning(1, 10 * factor * factor).GetRegime())];
        CollectionAssert.AreEqual(new[] { FeatureRegime.Lazy, FeatureRegime.Nested, FeatureRegime.Rich }, byRescaling);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DiagonalPenalties.MultiTask(1, 1).GetRegime(.5));
    }

    [TestMethod]
    public void Values_out_of_range_are_named()
    {
        Failure.Requires<ArgumentOutOfRangeException>("main is NaN; it must be finite.", () => DiagonalPenalties.Finetuning(double.NaN, 1));
        Failure.Requires<ArgumentOutOfRangeException>("readoutScale is -1", () => DiagonalPenalties.Finetuning(1, 1, -1));
        Failure.Requires<ArgumentOutOfRangeException>("correlation is 1.1; it must lie between -1 and 1.",
            () => ReluPenalties.Finetuning(1, 1, 1.1));
        Failure.Requires<ArgumentOutOfRangeException>("auxiliary is -1", () => ReluPenalties.Finetuning(1, -1, 0));
    }
}
