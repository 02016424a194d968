namespace FeatureReuse;

/// <summary>Takes gradient steps of a network on its samples. A step allocates nothing.</summary>
internal abstract class GradientDescent : IDisposable
{
    public const int Restarts = 6;
    private const double DivergenceFactor = 1e6;
    private const int MillisecondsBetweenReports = 200;

    /// <summary>Gets the threads that share each step.</summary>
    protected abstract WorkerTeam Team { get; }

    protected abstract long StepsPerEpoch { get; }

    /// <summary>Trains the network in place. If the loss grows without bound, restarts with a tenth of the learning rate.</summary>
    public static GradientDescentResult Run(ShallowNetwork network, IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions? options,
        Func<GradientDescentOptions, GradientDescent> create)
    {
        options ??= new();
        options.Validate();
        network.RequireFit(tasks);
        if (options.Validation is { } validation)
            network.RequireFit(validation);
        float[][] initial = [.. network.Weights.Select(weights => weights.ToArray())];
        double rate = options.LearningRate;
        for (int restart = 0; ; restart++)
        {
            using GradientDescent descent = create(options);
            GradientDescentResult result = descent.Attempt(network, options, rate);
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

    public void Dispose() => Team.Dispose();

    /// <summary>Passes over the samples once; returns the mean squared error, each batch's before its step.</summary>
    protected abstract double RunEpoch(float learningRate);

    private GradientDescentResult Attempt(ShallowNetwork network, GradientDescentOptions options, double rate)
    {
        (double loss, double limit) = (double.NaN, double.PositiveInfinity);
        double? leastValidationLoss = null;
        Validate();
        int nextValidation = 1;
        long lastReport = Environment.TickCount64;
        for (int epoch = 1; epoch <= options.MaximumEpochs; epoch++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return Result(GradientDescentStopReason.Canceled, epoch - 1);
            loss = RunEpoch((float)rate);
            if (!(loss < limit))
                return Result(GradientDescentStopReason.Diverged, epoch);
            if (loss < options.LossThreshold)
                return Result(GradientDescentStopReason.LossThreshold, epoch);
            if (epoch == 1)
                limit = DivergenceFactor * Math.Max(loss, 1e-30);
            if (epoch == nextValidation)
            {
                Validate();
                nextValidation = NextValidation(epoch);
            }
            if (options.Progress is { } progress && Environment.TickCount64 - lastReport >= MillisecondsBetweenReports)
            {
                progress.Report(new(epoch, options.MaximumEpochs, loss, rate));
                lastReport = Environment.TickCount64;
            }
        }
        return Result(GradientDescentStopReason.EpochLimit, options.MaximumEpochs);

        void Validate()
        {
            double? now = options.Validation is { } samples ? network.ComputeLoss(samples) : null;
            if (leastValidationLoss is null || now < leastValidationLoss)
                leastValidationLoss = now;
        }

        GradientDescentResult Result(GradientDescentStopReason reason, int epochs)
        {
            Validate();
            return new(reason, loss, epochs, epochs * StepsPerEpoch, rate) { LeastValidationLoss = leastValidationLoss };
        }
    }
}
