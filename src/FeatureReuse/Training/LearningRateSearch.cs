namespace FeatureReuse;

/// <summary>A range test of the learning rate (Smith 2017, arXiv 1506.01186), which rises by the same factor at each step.</summary>
/// <param name="Points">The steps, which are fewer than requested if the loss rose to four times its minimum.</param>
/// <param name="Suggested">
/// The learning rate at which the smoothed loss falls fastest over its logarithm: a good peak learning rate.
/// </param>
public sealed record LearningRateSearch(IReadOnlyList<LearningRatePoint> Points, double Suggested)
{
    /// <summary>The default number of steps.</summary>
    public const int DefaultSteps = 100;

    private const int FewestSteps = 10;

    /// <summary>Runs the test and disposes of what it trained.</summary>
    /// <param name="train">Trains with the options that it is given.</param>
    /// <param name="options">The optimiser, batch size, augmentation and seed. Limits, schedule and early stopping are ignored.</param>
    /// <param name="steps">The number of steps; 10 to 100,000.</param>
    /// <param name="maximum">The last learning rate; the first is 1e-8 times it. Above 0, at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The loss was not finite, or rose fourfold, within the first 10 steps.</exception>
    /// <exception cref="OperationCanceledException">The token of the options was cancelled.</exception>
    /// <example><code>
    /// LearningRateSearch search = LearningRateSearch.Run(
    ///     how =&gt; FeatureTransfer.Pretrain(images, new(NetworkArchitecture.SmallCnn), how), new TrainingOptions());
    /// </code></example>
    public static LearningRateSearch Run(
        Func<TrainingOptions, IDisposable> train, TrainingOptions options, int steps = DefaultSteps, double maximum = 10)
    {
        ArgumentNullException.ThrowIfNull(train);
        Require.InRange(steps, FewestSteps, 100_000, nameof(steps));
        Require.Positive(maximum, 100, nameof(maximum));
        using var test = CancellationTokenSource.CreateLinkedTokenSource(Require.NotNull(options).CancellationToken);
        var losses = new SmoothedLosses(test);
        try
        {
            train(options with
            {
                LearningRate = maximum, Schedule = LearningRateSchedule.RangeTest, MaximumSteps = steps, MaximumEpochs = 1_000_000,
                LossThreshold = 0, EarlyStopping = null, GradualUnfreezingEpochs = null, Checkpoint = null,
                Regularization = options.Regularization with { EmaDecay = null }, Progress = losses, CancellationToken = test.Token,
            }).Dispose();
        }
        catch (Exception stop) when (stop is TrainingDivergedException
            || stop is OperationCanceledException && !options.CancellationToken.IsCancellationRequested)
        {
            // The loss has risen enough; the steps before are the result.
        }
        return new([.. losses.Points], SteepestOf(losses.Points));
    }

    private static double SteepestOf(List<LearningRatePoint> points)
    {
        if (points.Count < FewestSteps)
        {
            throw new InvalidOperationException($"The loss was not finite, or four times its minimum, after {points.Count} steps, with "
                + $"a learning rate of {(points.Count == 0 ? 0 : points[^1].LearningRate):G2}. Check the images and their normalisation.");
        }
        // The first steps of the average are noise.
        int least = Enumerable.Range(0, points.Count).MinBy(i => points[i].SmoothedLoss);
        int steepest = Enumerable.Range(FewestSteps / 2, Math.Max(1, least - FewestSteps / 2)).Where(i => i + 1 < points.Count)
            .DefaultIfEmpty(0).MinBy(i => points[i + 1].SmoothedLoss - points[i].SmoothedLoss);
        return points[steepest].LearningRate;
    }

    /// <summary>Smooths the loss of each step, and cancels the test when it is four times its minimum.</summary>
    private sealed class SmoothedLosses(CancellationTokenSource test) : IProgress<TrainingProgress>
    {
        private const double Hopeless = 4;
        private const double Smoothing = .9;
        private double _average;
        private double _least = double.PositiveInfinity;

        public List<LearningRatePoint> Points { get; } = [];

        public void Report(TrainingProgress value)
        {
            _average = Smoothing * _average + (1 - Smoothing) * value.Loss;
            double smoothed = _average / (1 - Math.Pow(Smoothing, Points.Count + 1));
            Points.Add(new(value.LearningRate, value.Loss, smoothed));
            _least = Math.Min(_least, smoothed);
            if (smoothed > Hopeless * _least)
                test.Cancel();
        }
    }
}
