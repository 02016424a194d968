using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>
/// Where gradient flow of a diagonal network ends: the coefficients with the least sum of Q that fit the samples. Newton's method on the dual, one variable a
/// sample: b_i = c_i sinh(2 (X^T nu)_i + asinh(b0_i / c_i)) with X b = y. The scales c shrink to their values in stages, since from afar the exponentials
/// leave no other way.
/// </summary>
internal sealed class GradientFlowSolver
{
    private const int MaximumIterations = 2000;
    private const double ScaleRatioOfStage = 100;
    private const double LargestMove = 3;
    private const double StageTolerance = .03;
    private const double Tolerance = 1e-10;

    private readonly GradientFlowPenalty[] _penalties;
    private readonly double[] _inputs;
    private readonly double[] _labels;
    private readonly int _count;
    private readonly int _width;
    private readonly CancellationToken _cancellation;

    /// <summary>The scales of the stage, and asinh(b0 / c).</summary>
    private readonly double[] _scales;
    private readonly double[] _starts;

    private GradientFlowSolver(GradientFlowPenalty[] penalties, RegressionSamples samples, CancellationToken cancellation)
    {
        _penalties = penalties;
        _cancellation = cancellation;
        (_count, _width) = (samples.Count, samples.Width);
        _inputs = new double[_count * _width];
        _labels = new double[_count];
        for (int row = 0; row < _count; row++)
        {
            TensorPrimitives.ConvertTruncating(samples.GetInput(row), _inputs.AsSpan(row * _width, _width));
            _labels[row] = samples.GetLabel(row);
        }
        _scales = new double[_width];
        _starts = new double[_width];
    }

    /// <returns>The coefficients, [width].</returns>
    /// <exception cref="InvalidOperationException">No coefficients that the network can reach fit the samples.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static double[] Solve(GradientFlowPenalty[] penalties, RegressionSamples samples, CancellationToken cancellation = default)
    {
        var problem = new GradientFlowSolver(penalties, samples, cancellation);
        return samples.Count < samples.Width ? problem.Minimize() : problem.Determine();
    }

    private double[] Minimize()
    {
        double smallest = _penalties.Min(penalty => penalty.Scale);
        if (smallest <= 0)
        {
            throw new InvalidOperationException($"Coordinate {Array.FindIndex(_penalties, penalty => penalty.Scale <= 0)} cannot move: its weights are 0 or cancel. "
                + "Give the readout or the first layer a scale above 0.");
        }
        double labelNorm = Norm(_labels);
        double largest = Math.Max(_penalties.Max(penalty => penalty.Scale), Math.Max(labelNorm / Math.Sqrt(_count), 1e-30));
        int stages = (int)Math.Ceiling(Math.Log(largest / smallest) / Math.Log(ScaleRatioOfStage));
        var system = new SymmetricSystem(_count);
        var dual = new double[_count];
        double[] previous = dual;
        double[] coefficients = new double[_width];
        for (int stage = 0; stage <= stages; stage++)
        {
            double share = stages == 0 ? 0 : 1 - (double)stage / stages;
            for (int i = 0; i < _width; i++)
            {
                _scales[i] = _penalties[i].Scale * Math.Pow(largest / _penalties[i].Scale, share);
                _starts[i] = Math.Asinh(_penalties[i].InitialCoefficient / _scales[i]);
            }
            // The dual grows about linearly with the logarithm of the scales.
            double[] guess = stage < 2 ? dual : [.. dual.Zip(previous, (now, before) => 2 * now - before)];
            double[] next = Newton(system, guess, dual, (stage == stages ? Tolerance : StageTolerance) * Math.Max(labelNorm, 1e-30), coefficients);
            (previous, dual) = (dual, next);
        }
        return coefficients;
    }

    /// <summary>Newton's method with a bounded move of every exponent and a decrease of the dual's value in every step.</summary>
    private double[] Newton(SymmetricSystem system, double[] guess, double[] fallback, double tolerance, double[] coefficients)
    {
        (double[] dual, double[] arguments, double value) = Better(guess, fallback);
        var curvatures = new double[_width];
        var trialArguments = new double[_width];
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            _cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < _width; i++)
            {
                coefficients[i] = _scales[i] * Math.Sinh(arguments[i] + _starts[i]);
                curvatures[i] = 2 * double.Hypot(_scales[i], coefficients[i]);
            }
            double[] residual = Residual(coefficients);
            if (Norm(residual) <= tolerance)
                return dual;
            system.SetToWeightedProducts(_inputs, _width, curvatures);
            double[] step = system.Solve(residual);
            double[] move = Arguments(step);
            double slope = -TensorPrimitives.Dot<double>(residual, step);
            double length = Math.Min(1, LargestMove / Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<double>(move)), 1e-300));
            var trial = new double[_count];
            while (true)
            {
                // The arguments are linear in the dual, so that a trial needs no product with the inputs.
                TensorPrimitives.MultiplyAdd(step, length, dual, trial);
                TensorPrimitives.MultiplyAdd(move, length, arguments, trialArguments);
                double trialValue = ValueOf(trial, trialArguments);
                // Near the minimum differences of the value drown in rounding; then the step is taken as it is.
                if (trialValue <= value + 1e-4 * length * slope || Math.Abs(length * slope) < 1e-13 * Math.Abs(value))
                {
                    value = trialValue;
                    break;
                }
                length /= 2;
                if (length < 1e-12)
                    throw NoFit(residual);
            }
            dual = trial;
            (arguments, trialArguments) = (trialArguments, arguments);
        }
        throw NoFit(Residual(coefficients));
    }

    private (double[] Dual, double[] Arguments, double Value) Better(double[] guess, double[] fallback)
    {
        (double[] guessed, double[] kept) = (Arguments(guess), Arguments(fallback));
        (double guessedValue, double keptValue) = (ValueOf(guess, guessed), ValueOf(fallback, kept));
        return guessedValue <= keptValue ? (guess, guessed, guessedValue) : (fallback, kept, keptValue);
    }

    /// <summary>As many samples as coordinates or more: there is one solution or none.</summary>
    private double[] Determine()
    {
        var columns = new double[_inputs.Length];
        for (int row = 0; row < _count; row++)
        {
            for (int i = 0; i < _width; i++)
                columns[i * _count + row] = _inputs[row * _width + i];
        }
        var system = new SymmetricSystem(_width);
        system.SetToWeightedProducts(columns, _count, [.. Enumerable.Repeat(1.0, _count)]);
        system.Factorize();
        var coefficients = new double[_width];
        // Each pass after the first refines what rounding left.
        for (int pass = 0; pass < 3; pass++)
        {
            double[] residual = Residual(coefficients);
            double[] right = [.. Enumerable.Range(0, _width).Select(i => TensorPrimitives.Dot<double>(columns.AsSpan(i * _count, _count), residual))];
            TensorPrimitives.Add(coefficients, system.Substitute(right), coefficients);
        }
        double[] left = Residual(coefficients);
        return Norm(left) <= 1e-5 * Norm(_labels) ? coefficients : throw NoFit(left);
    }

    /// <summary>2 X^T nu.</summary>
    private double[] Arguments(double[] dual)
    {
        var sums = new double[_width];
        for (int row = 0; row < _count; row++)
            TensorPrimitives.MultiplyAdd(_inputs.AsSpan(row * _width, _width), 2 * dual[row], sums, sums);
        return sums;
    }

    /// <summary>The dual's value: sum (c / 2) cosh(2 X^T nu + start) - y . nu. Its slope is X b - y.</summary>
    private double ValueOf(double[] dual, double[] arguments)
    {
        double sum = 0;
        for (int i = 0; i < _width; i++)
            sum += _scales[i] * Math.Cosh(arguments[i] + _starts[i]);
        return sum / 2 - TensorPrimitives.Dot<double>(_labels, dual);
    }

    /// <summary>y - X b.</summary>
    private double[] Residual(double[] coefficients)
        => [.. Enumerable.Range(0, _count).Select(row => _labels[row] - TensorPrimitives.Dot<double>(_inputs.AsSpan(row * _width, _width), coefficients))];

    private InvalidOperationException NoFit(double[] residual)
        => new(FormattableString.Invariant($"No coefficients were found that fit all {_count} samples: a mean squared error of {Math.Pow(Norm(residual), 2) / _count:E2} is left. ")
            + "The limit of gradient flow exists only where the labels can be fitted exactly.");

    private static double Norm(double[] values) => TensorPrimitives.Norm<double>(values);
}
