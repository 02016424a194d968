namespace FeatureReuse;

/// <summary>Runs gradient descent. If the loss grows without bound, restarts with a tenth of the learning rate.</summary>
internal static class GradientDescent
{
    public const int Restarts = 6;
    private const double DivergenceFactor = 1e6;
    private const int MillisecondsBetweenReports = 200;

    /// <summary>Trains the network in place.</summary>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of its range.</exception>
    public static GradientDescentResult Run(ShallowNetwork network, IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions? options,
        Func<GradientDescentOptions, IDescent> create)
    {
        options ??= new();
        options.Validate();
        RegressionSamples.RequireFit(tasks, network.Width, network.TaskCount);
        options.Validation?.RequireWidth(network.Width);
        float[][] initial = [.. network.Weights.Select(weights => weights.ToArray())];
        double rate = options.LearningRate;
        for (int restart = 0; ; restart++)
        {
            using IDescent descent = create(options);
            GradientDescentResult result = Attempt(network, descent, options, rate);
            if (result.StopReason != GradientDescentStopReason.Diverged)
                return result;
            foreach ((Memory<float> weights, float[] values) in network.Weights.Zip(initial))
                values.CopyTo(weights);
            if (restart == Restarts)
                return result;
            rate /= 10;
        }
    }

    /// <summary>Computes the epoch of the next validation: intervals grow by a fifth.</summary>
    public static int NextValidation(int epoch) => epoch + 1 + epoch / 5;

    private static GradientDescentResult Attempt(ShallowNetwork network, IDescent descent, GradientDescentOptions options, double rate)
    {
        double loss = double.NaN;
        double limit = double.PositiveInfinity;
        double? leastValidationLoss = ValidationLoss();
        int nextValidation = 1;
        long lastReport = Environment.TickCount64;
        for (int epoch = 1; epoch <= options.MaximumEpochs; epoch++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return Result(GradientDescentStopReason.Canceled, epoch - 1);
            loss = descent.RunEpoch((float)rate);
            if (!(loss < limit))
                return Result(GradientDescentStopReason.Diverged, epoch);
            if (loss < options.LossThreshold)
                return Result(GradientDescentStopReason.LossThreshold, epoch);
            if (epoch == 1)
                limit = DivergenceFactor * Math.Max(loss, 1e-30);
            if (epoch == nextValidation)
            {
                leastValidationLoss = Lesser(leastValidationLoss, ValidationLoss());
                nextValidation = NextValidation(epoch);
            }
            if (options.Progress is { } progress && Environment.TickCount64 - lastReport >= MillisecondsBetweenReports)
            {
                progress.Report(new(epoch, options.MaximumEpochs, loss, rate));
                lastReport = Environment.TickCount64;
            }
        }
        return Result(GradientDescentStopReason.EpochLimit, options.MaximumEpochs);

        double? ValidationLoss() => options.Validation is { } samples ? network.ComputeLoss(samples) : null;

        GradientDescentResult Result(GradientDescentStopReason reason, int epochs)
            => new(reason, loss, epochs, epochs * descent.StepsPerEpoch, rate)
            {
                LeastValidationLoss = Lesser(leastValidationLoss, ValidationLoss()),
            };
    }

    /// <summary>Returns the smaller loss; null without validation samples.</summary>
    private static double? Lesser(double? one, double? other) => other < one ? other : one;
}
