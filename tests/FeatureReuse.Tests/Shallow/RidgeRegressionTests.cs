using Papers.TeacherStudent.LinearModels;
using TorchSharp;

namespace FeatureReuse.Tests.Shallow;

[TestClass]
public sealed class RidgeRegressionTests
{
    private static readonly TeacherPair Teachers
        = TeacherPair.CreateRelu(new() { Dimension = 5, AuxiliaryUnits = 2, Correlations = [1, 1], Seed = 4 });

    [TestMethod]
    public void The_tangent_kernel_is_that_of_the_slopes()
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        var network = new TwoLayerReluNetwork(5, hiddenUnits: 40, scale: 1, seed: 3);
        RegressionSamples rows = Teachers.Sample(TeacherTask.Main, 6);
        RegressionSamples columns = Teachers.Sample(TeacherTask.Auxiliary, 4);
        torch.Tensor kernel = RidgeRegression.TangentKernel(network, rows, columns);
        for (int row = 0; row < 6; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                double expected = Slopes(network, rows.GetInput(row).ToArray())
                    .Zip(Slopes(network, columns.GetInput(column).ToArray()), (a, b) => a * b).Sum();
                Assert.AreEqual(expected, kernel[row, column].item<double>(), 1e-5 * Math.Max(1, Math.Abs(expected)),
                    $"row {row}, column {column}");
            }
        }
    }

    [TestMethod]
    public void A_probe_of_the_right_features_fits_and_one_of_others_does_not()
    {
        RegressionSamples validation = Teachers.Sample(TeacherTask.Main, 500, purpose: 1);
        RegressionSamples training = Teachers.Sample(TeacherTask.Main, 30);
        var pretrained = new TwoLayerReluNetwork(5, hiddenUnits: 60, scale: .3);
        pretrained.Train([Teachers.Sample(TeacherTask.Auxiliary, 500)],
            new() { LearningRate = .1, LossThreshold = 1e-6, MaximumEpochs = 8000, BatchSize = 64 });
        RidgeResult probe = RidgeRegression.FitLinearProbe(pretrained, training, validation);
        RidgeResult random = RidgeRegression.FitLinearProbe(new TwoLayerReluNetwork(5, hiddenUnits: 60), training, validation);
        TensorAssert.IsBelow(.2 * random.ValidationLoss, probe.ValidationLoss);
        RidgeResult linearized = RidgeRegression.FitTangentKernel(pretrained.ForFinetuning(), training, validation);
        // The new readout is all but 0, so that its slopes are those of the probe.
        Assert.AreEqual(probe.ValidationLoss, linearized.ValidationLoss, .05 * probe.ValidationLoss);
        TensorAssert.IsBelow(1e-2, probe.Ridge);
    }

    [TestMethod]
    public void A_linearized_diagonal_network_recovers_the_teacher_from_enough_samples_only()
    {
        TeacherPair teachers = TeacherPair.CreateDiagonal(new() { Dimension = 20, AuxiliaryActive = 3, Active = 3 });
        var network = new DiagonalNetwork(20, scale: .5);
        RidgeResult enough = RidgeRegression.FitTangentKernel(network, teachers.Sample(TeacherTask.Main, 40),
            teachers.Sample(TeacherTask.Main, 300, 1));
        TensorAssert.IsBelow(1e-9, enough.ValidationLoss);
        RidgeResult few = RidgeRegression.FitTangentKernel(network, teachers.Sample(TeacherTask.Main, 10),
            teachers.Sample(TeacherTask.Main, 300, 1));
        Assert.IsGreaterThan(.2, few.ValidationLoss);
    }

    /// <summary>In the readout: relu(z); in the first layer: v x where z is above 0.</summary>
    private static double[] Slopes(TwoLayerReluNetwork network, float[] input)
    {
        List<double> slopes = [];
        for (int unit = 0; unit < network.HiddenUnits; unit++)
        {
            double z = network.GetUnit(unit).Zip(input, (w, x) => (double)w * x).Sum();
            slopes.Add(Math.Max(z, 0));
            slopes.AddRange(input.Select(x => z > 0 ? network.GetReadout()[unit] * (double)x : 0));
        }
        return [.. slopes];
    }
}
