using System.Globalization;
// README
using FeatureReuse;
using Microsoft.ML;
using Microsoft.ML.Data;

// README
namespace FeatureReuse.MLNet.Tests.Pipelines;

/// <summary>The selection of features that the README shows.</summary>
[TestClass]
public sealed class ReadmeSelection
{
    [TestMethod]
    public void A_smaller_factor_selects_the_features_that_the_main_task_needs()
    {
        string[] lines = ReadmeCode.LinesOf(Selection);
        Assert.HasCount(2, lines);
        double[] losses = [.. lines.Select(line => double.Parse(line.Split(' ')[3].TrimEnd(','), CultureInfo.InvariantCulture))];
        TensorAssert.IsBelow(.5 * losses[0], losses[1], string.Join('\n', lines));
    }

    [TestMethod]
    public void The_readme_shows_the_selection_that_runs() => ReadmeCode.RequireShown("ReadmeSelection.cs");

    private static void Selection()
    {
        // README
        var ml = new MLContext(seed: 1);

        // The auxiliary task uses 40 of 1000 features, and the main task, which has 32 rows, uses 5 of these.
        TeacherPair teachers = TeacherPair.CreateDiagonal(new() { Active = 5, AuxiliaryActive = 40, Scale = TeacherScale.Mean });
        IDataView Rows(TeacherTask task, int count, int purpose = 0)
            => ml.Data.LoadFromEnumerable(Sample.From(teachers.Sample(task, count, purpose)));
        IDataView main = Rows(TeacherTask.Main, 32), test = Rows(TeacherTask.Main, 2000, purpose: 1);

        var options = new DiagonalLinearOptions { Solver = DiagonalSolver.GradientFlowLimit };
        var pretrained = ml.Regression.Trainers.DiagonalLinear(options).Fit(Rows(TeacherTask.Auxiliary, 1024));
        foreach (double rescaling in new[] { 1, .1 })
        {
            var model = ml.Regression.Trainers.DiagonalLinear(options with { Pretrained = pretrained, Rescaling = rescaling }).Fit(main);
            RegressionMetrics metrics = ml.Regression.Evaluate(model.Transform(test));
            int selected = model.Coefficients.Count(coefficient => Math.Abs(coefficient) > .02f);
            Console.WriteLine($"rescaling {rescaling}: MSE {metrics.MeanSquaredError:F4}, {selected} features above 0.02");
        }
        // README
    }

    // README
    sealed class Sample
    {
        [VectorType(1000)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public static IEnumerable<Sample> From(RegressionSamples samples)
            => Enumerable.Range(0, samples.Count)
                .Select(row => new Sample { Features = samples.GetInput(row).ToArray(), Label = samples.GetLabel(row) });
    }
    // README
}
