namespace FeatureReuse;

/// <summary>Walks down until the loss is small enough; when the loss runs away, starts again with a tenth of the learning rate.</summary>
internal static class GradientDescent
{
    private const int Restarts = 6;
    private const double RunawayGrowth = 1e6;
    private const int MillisecondsBetweenReports = 200;
    private const int EpochsPerValidation = 5;

    public static GradientDescentResult Run(IDescent descent, GradientDescentOptions options)
    {
        double rate = options.LearningRate;
        for (int restart = 0; ; restart++)
        {
            GradientDescentResult result = Attempt(descent, options, rate);
            if (result.StopReason != StopReason.Diverged)
                return result;
            descent.Restart();
            if (restart == Restarts)
                return result;
            rate /= 10;
        }
    }

    private static GradientDescentResult Attempt(IDescent descent, GradientDescentOptions options, double rate)
    {
        double loss = double.NaN;
        double limit = double.PositiveInfinity;
        double? leastValidationLoss = ValidationLoss();
        int nextValidation = 1;
        long lastReport = Environment.TickCount64;
        for (int epoch = 1; epoch <= options.MaximumEpochs; epoch++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return Ended(StopReason.Canceled, epoch - 1);
            loss = descent.Epoch((float)rate);
            if (!(loss < limit))
                return Ended(StopReason.Diverged, epoch);
            if (loss < options.LossThreshold)
                return Ended(StopReason.LossThreshold, epoch);
            if (epoch == 1)
                limit = RunawayGrowth * Math.Max(loss, 1e-30);
            if (epoch == nextValidation)
            {
                leastValidationLoss = Lesser(leastValidationLoss, ValidationLoss());
                nextValidation += 1 + nextValidation / EpochsPerValidation;
            }
            if (options.Progress is { } progress && Environment.TickCount64 - lastReport >= MillisecondsBetweenReports)
            {
                progress.Report(new(epoch, options.MaximumEpochs, loss, rate));
                lastReport = Environment.TickCount64;
            }
        }
        return Ended(StopReason.EpochLimit, options.MaximumEpochs);

        double? ValidationLoss() => options.Validation is { } samples ? descent.LossOn(samples) : null;

        GradientDescentResult Ended(StopReason reason, int epochs)
            => new(reason, loss, epochs, epochs * descent.StepsPerEpoch, rate) { LeastValidationLoss = Lesser(leastValidationLoss, ValidationLoss()) };
    }

    /// <summary>The least that is a number; null without samples.</summary>
    private static double? Lesser(double? one, double? other) => other < one ? other : one;
}
