namespace FeatureReuse.Tests.Shallow.Theory;

[TestClass]
public sealed class TeacherPairTests
{
    [TestMethod]
    [DataRow(40, 40, TeacherScale.Sqrt, 1)]
    [DataRow(40, 0, TeacherScale.Sqrt, 1)]
    [DataRow(5, 5, TeacherScale.Mean, .2)]
    [DataRow(40, 20, TeacherScale.Mean, .025)]
    public void Diagonal_teachers_have_their_supports_and_sizes(int active, int overlap, TeacherScale scale, double noLearningLoss)
    {
        var options = new DiagonalTeacherOptions { Active = active, Overlap = overlap, Scale = scale, Seed = 7 };
        (float[] auxiliary, float[] main) = TeacherPair.GetDiagonalCoefficients(options);
        Assert.AreEqual(40, auxiliary.Count(value => value != 0));
        Assert.AreEqual(active, main.Count(value => value != 0));
        Assert.AreEqual(overlap, auxiliary.Zip(main).Count(pair => pair.First != 0 && pair.Second != 0));
        Assert.IsTrue(auxiliary.Zip(main).All(pair => pair.First * pair.Second >= 0), "shared coordinates have the same sign");
        Assert.AreEqual(1, auxiliary.Sum(value => (double)value * value), 1e-6);
        Assert.AreEqual(noLearningLoss, main.Sum(value => (double)value * value), 1e-6);

        RegressionSamples samples = TeacherPair.CreateDiagonal(options).Sample(TeacherTask.Main, 2000);
        Assert.AreEqual(1, samples.GetInput(5).ToArray().Average(value => (double)value * value), 1e-6, "each row has mean square 1");
        // 2,000 rows: a standard error of about 3 %.
        Assert.AreEqual(noLearningLoss, Enumerable.Range(0, 2000).Average(row => Math.Pow(samples.GetLabel(row), 2)), .12 * noLearningLoss);
    }

    [TestMethod]
    public void ReLU_teachers_have_their_size()
    {
        // Balanced signs of orthonormal units: E f^2 = 1/2 - 1/(2 pi).
        RegressionSamples samples = TeacherPair.CreateRelu(new() { Seed = 2 }).Sample(TeacherTask.Auxiliary, 20_000);
        // 20,000 rows: a standard error of about 1 %.
        Assert.AreEqual(.5 - 1 / (2 * Math.PI), Enumerable.Range(0, 20_000).Average(row => Math.Pow(samples.GetLabel(row), 2)), .015);
        // One unit with weight 1/1, times the magnitude: 1/2.
        RegressionSamples single = TeacherPair.CreateRelu(new() { Correlations = [0], Scale = TeacherScale.Mean,
            Magnitude = .1 }).Sample(TeacherTask.Main, 20_000);
        Assert.AreEqual(.005, Enumerable.Range(0, 20_000).Average(row => Math.Pow(single.GetLabel(row), 2)), .0003);
    }

    [TestMethod]
    public void Correlations_change_labels_and_not_inputs()
    {
        RegressionSamples main = TeacherPair.CreateRelu(new() { Seed = 3 }).Sample(TeacherTask.Main, 5);
        RegressionSamples other =
            TeacherPair.CreateRelu(new() { Seed = 3, Correlations = [-1, -1, -1, -1, -1, -1] }).Sample(TeacherTask.Main, 5);
        Assert.AreNotEqual(main.GetLabel(0), other.GetLabel(0));
        CollectionAssert.AreEqual(main.GetInput(0).ToArray(), other.GetInput(0).ToArray());
    }

    /// <summary>In one dimension a unit is relu(x) or relu(-x), which a row whose label is not 0 tells.</summary>
    [TestMethod]
    public void A_fully_correlated_unit_makes_the_same_task()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Assert.AreEqual(Slope(TeacherTask.Auxiliary, 1), Slope(TeacherTask.Main, 1), 1e-6, $"seed {seed}");
            Assert.AreEqual(Slope(TeacherTask.Auxiliary, -1), -Slope(TeacherTask.Main, -1), 1e-6, $"seed {seed}, opposite");

            double Slope(TeacherTask task, double correlation)
            {
                var options = new ReluTeacherOptions { Dimension = 1, AuxiliaryUnits = 1, Correlations = [correlation], Seed = seed };
                RegressionSamples samples = TeacherPair.CreateRelu(options).Sample(task, 20);
                int row = Enumerable.Range(0, 20).First(row => samples.GetLabel(row) != 0);
                return samples.GetLabel(row) / samples.GetInput(row)[0];
            }
        }
    }

    [TestMethod]
    public void Seeds_and_purposes_draw_anew()
    {
        RegressionSamples Draw(int seed, int purpose)
            => TeacherPair.CreateDiagonal(new() { Seed = seed }).Sample(TeacherTask.Main, 3, purpose);
        CollectionAssert.AreEqual(Draw(1, 0).GetInput(2).ToArray(), Draw(1, 0).GetInput(2).ToArray());
        Assert.AreNotEqual(Draw(1, 0).GetInput(2)[0], Draw(1, 1).GetInput(2)[0]);
        Assert.AreNotEqual(Draw(1, 0).GetInput(2)[0], Draw(2, 0).GetInput(2)[0]);
    }

    [TestMethod]
    public void Options_out_of_range_are_named()
    {
        Failure.Requires<ArgumentOutOfRangeException>("Overlap is 41; it must lie between 0 and 40.",
            () => TeacherPair.CreateDiagonal(new() { Overlap = 41 }));
        Failure.Requires<ArgumentOutOfRangeException>("Active is 1001; it must lie between 1 and 1000.",
            () => TeacherPair.CreateDiagonal(new() { Active = 1001 }));
        Failure.Requires<ArgumentOutOfRangeException>("AuxiliaryActive + Active - Overlap is 60; it must lie between 1 and 50.",
            () => TeacherPair.CreateDiagonal(new() { Dimension = 50, Active = 30, Overlap = 10 }));
        Failure.Requires<ArgumentOutOfRangeException>("Correlations is 1.5; it must lie between -1 and 1.",
            () => TeacherPair.CreateRelu(new() { Correlations = [1.5] }));
        Failure.Requires<ArgumentOutOfRangeException>("the number of Correlations is 7; it must lie between 1 and 6.",
            () => TeacherPair.CreateRelu(new() { Correlations = [1, 1, 1, 1, 1, 1, 1] }));
    }
}
