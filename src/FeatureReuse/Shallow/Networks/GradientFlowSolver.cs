using static System.FormattableString;

namespace FeatureReuse;

/// <summary>
/// Finds the coefficients with the smallest sum of penalties among those that fit the samples, by Newton's method on the dual problem
/// with one variable for each sample: b_i = c_i sinh(2 (X^T nu)_i + asinh(b0_i / c_i)) subject to X b = y. The scales c shrink to their
/// values in stages, because the exponentials leave no other way from a distant start.
/// </summary>
internal sealed class GradientFlowSolver(GradientFlowPenalty[] penalties, RegressionSamples samples, CancellationToken cancellation)
{
    private const int MaximumIterations = 2000;
    private const double ScaleRatioOfStage = 100;
    private const double LargestMove = 3;
    private const double StageTolerance = .03;
    private const double Tolerance = 1e-10;

    private readonly Tensor _inputs = samples.ToTensor();
    private readonly Tensor _labels = tensor(samples.Labels[..samples.Count], float64);

    /// <summary>The scales c of the stage, and asinh(b0 / c).</summary>
    private Tensor _scales = null!;
    private Tensor _starts = null!;

    private double LabelNorm => NormOf(_labels);

    /// <returns>The coefficients, [width].</returns>
    public static double[] Solve(GradientFlowPenalty[] penalties, RegressionSamples samples, CancellationToken cancellation = default)
    {
        TorchRuntime.EnsureLoaded();
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var solver = new GradientFlowSolver(penalties, samples, cancellation);
        return (samples.Count < samples.Width ? solver.Minimize() : solver.SolveEquations()).data<double>().ToArray();
    }

    private Tensor Minimize()
    {
        if (Array.FindIndex(penalties, penalty => penalty.Scale <= 0) is >= 0 and var stuck)
        {
            throw new InvalidOperationException($"Coordinate {stuck} cannot move: its weights are 0 or cancel. "
                + "Give the readout or the first layer a scale above 0.");
        }
        double largest = Math.Max(penalties.Max(penalty => penalty.Scale), Math.Max(LabelNorm / Math.Sqrt(_labels.size(0)), 1e-30));
        double smallest = penalties.Min(penalty => penalty.Scale);
        int stages = (int)Math.Ceiling(Math.Log(largest / smallest) / Math.Log(ScaleRatioOfStage));
        Tensor dual = zeros_like(_labels), previous = dual;
        for (int stage = 0; stage <= stages; stage++)
        {
            double share = stages == 0 ? 0 : 1 - (double)stage / stages;
            double[] scales = [.. penalties.Select(penalty => penalty.Scale * Math.Pow(largest / penalty.Scale, share))];
            _scales = tensor(scales);
            _starts = tensor([.. penalties.Zip(scales, (penalty, scale) => Math.Asinh(penalty.Start / scale))]);
            // The dual variables grow about linearly with the logarithm of the scales.
            Point last = PointAt(dual), guess = stage < 2 ? last : PointAt(dual.Times(2).Plus(previous, -1));
            Point start = guess.Objective <= last.Objective ? guess : last;
            (previous, dual) = (dual, RunNewton(start, (stage == stages ? Tolerance : StageTolerance) * Math.Max(LabelNorm, 1e-30)));
        }
        return CoefficientsAt(PointAt(dual));
    }

    private Tensor RunNewton(Point point, double tolerance)
    {
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            Tensor coefficients = CoefficientsAt(point), residual = ResidualOf(coefficients);
            if (NormOf(residual) <= tolerance)
                return point.Dual;
            point = Step(point, coefficients, residual);
            point.Dual.MoveToOuterDisposeScope();
            point.Arguments.MoveToOuterDisposeScope();
        }
        throw NoFit(ResidualOf(CoefficientsAt(point)));
    }

    /// <summary>Takes a Newton step in which no exponent moves far and the dual objective decreases.</summary>
    private Point Step(Point point, Tensor coefficients, Tensor residual)
    {
        Tensor curvatures = hypot(_scales, coefficients).Times(2);
        Tensor step = Solve(_inputs.mul(curvatures).mm(_inputs.t()), residual);
        Tensor move = ArgumentsOf(step);
        double slope = -residual.dot(step).ReadDouble();
        for (double length = Math.Min(1, LargestMove / Math.Max(move.abs().max().ReadDouble(), 1e-300)); length >= 1e-12; length /= 2)
        {
            // The arguments are linear in the dual variables, so that a trial needs no product with the inputs.
            Point trial = PointAt(point.Dual.Plus(step, length), point.Arguments.Plus(move, length));
            // Near the minimum, differences of the objective drown in rounding; the step is then taken as it is.
            if (trial.Objective <= point.Objective + 1e-4 * length * slope || Math.Abs(length * slope) < 1e-13 * Math.Abs(point.Objective))
                return trial;
        }
        throw NoFit(residual);
    }

    /// <summary>Solves X b = y where there are at least as many samples as coordinates.</summary>
    private Tensor SolveEquations()
    {
        // The results of torch.linalg.lstsq are not bit-identical from run to run; these are.
        Tensor products = _inputs.t().mm(_inputs);
        Tensor coefficients = zeros(_inputs.size(1), float64);
        // Each pass after the first corrects rounding errors.
        for (int pass = 0; pass < 3; pass++)
            coefficients = coefficients.Plus(Solve(products, _inputs.t().mv(ResidualOf(coefficients))));
        Tensor residual = ResidualOf(coefficients);
        return NormOf(residual) <= 1e-5 * LabelNorm ? coefficients : throw NoFit(residual);
    }

    /// <summary>Solves a symmetric system that may be singular: the diagonal grows by what rounding could leave of it.</summary>
    private static Tensor Solve(Tensor matrix, Tensor right)
    {
        Tensor diagonal = matrix.diagonal();
        Tensor ridge = diagonal.mean().Times(1e-15).expand_as(diagonal);
        return linalg.solve_ex(matrix.Plus(ridge.diag()), right).result;
    }

    /// <summary>Computes 2 X^T nu.</summary>
    private Tensor ArgumentsOf(Tensor dual) => _inputs.t().mv(dual).Times(2);
    private Tensor CoefficientsAt(Point point) => _scales.mul(point.Arguments.Plus(_starts).sinh());
    private Tensor ResidualOf(Tensor coefficients) => _labels.Plus(_inputs.mv(coefficients), -1);
    private Point PointAt(Tensor dual) => PointAt(dual, ArgumentsOf(dual));

    /// <summary>Computes the dual objective, sum (c / 2) cosh(2 X^T nu + start) - y . nu, whose gradient is X b - y.</summary>
    private Point PointAt(Tensor dual, Tensor arguments)
        => new(dual, arguments, _scales.dot(arguments.Plus(_starts).cosh()).ReadDouble() / 2 - _labels.dot(dual).ReadDouble());

    private static InvalidOperationException NoFit(Tensor residual)
    {
        (double error, long count) = (residual.dot(residual).ReadDouble() / residual.size(0), residual.size(0));
        return new(Invariant($"No coefficients were found that fit all {count} samples: a mean squared error of {error:E2} is left. ")
            + "The limit of gradient flow exists only if some coefficients fit the labels exactly.");
    }

    private static double NormOf(Tensor vector) => vector.norm().ReadDouble();

    private readonly record struct Point(Tensor Dual, Tensor Arguments, double Objective);
}
