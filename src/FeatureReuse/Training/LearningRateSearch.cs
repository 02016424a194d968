namespace FeatureReuse;

/// <summary>A range test of the learning rate (Smith 2017, arXiv 1506.01186): it rises by the same factor at each step while the loss is watched.</summary>
/// <param name="Points">The steps; fewer than asked for where the loss rose to four times its least.</param>
/// <param name="Suggested">Where the smoothed loss falls fastest over the logarithm of the learning rate: a good highest learning rate to begin with.</param>
public sealed record LearningRateSearch(IReadOnlyList<LearningRatePoint> Points, double Suggested)
{
    /// <summary>Steps unless told otherwise.</summary>
    public const int DefaultSteps = 100;

    private const int FewestSteps = 10;

    /// <summary>Runs the test; what it trained is thrown away.</summary>
    /// <param name="train">Trains with the options it is given: <c>how => FeatureTransfer.Finetune(pretrained, images, Rescaling.None, how)</c>.</param>
    /// <param name="options">How training will be: optimiser, batch size, augmentation, seed. Limits, schedule and validation do not matter.</param>
    /// <param name="steps">10 to 100,000.</param>
    /// <param name="maximum">The learning rate that it rises to, from a hundred-millionth of it; above 0, at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token of the options was cancelled.</exception>
    /// <example><code>
    /// LearningRateSearch search = LearningRateSearch.Run(
    ///     how =&gt; FeatureTransfer.Pretrain(images, NetworkArchitecture.SmallCnn, InputNormalization.Symmetric, how), new TrainingOptions());
    /// </code></example>
    public static LearningRateSearch Run(Func<TrainingOptions, TrainedClassifier> train, TrainingOptions options, int steps = DefaultSteps, double maximum = 10)
    {
        ArgumentNullException.ThrowIfNull(train);
        Require.InRange(steps, FewestSteps, 100_000, nameof(steps));
        Require.Positive(maximum, 100, nameof(maximum));
        var sweep = new LearningRateSweep(steps);
        train(Require.NotNull(options) with
        {
            LearningRate = maximum,
            MaximumEpochs = 1_000_000,
            LossThreshold = 0,
            ValidationFraction = 0,
            GradualUnfreezingEpochs = null,
            EmaDecay = null,
            CheckpointFolder = null,
            Progress = null,
            EpochCompleted = null,
            Sweep = sweep,
        }).Dispose();
        options.CancellationToken.ThrowIfCancellationRequested();
        LearningRatePoint[] points = [.. sweep.Points];
        if (points.Length < FewestSteps)
        {
            throw new InvalidOperationException($"The loss was not finite after {points.Length} steps, with a learning rate of {points.LastOrDefault().LearningRate:G2}. Look at the images and their normalisation first.");
        }
        // The first steps of the average are noise.
        int least = Enumerable.Range(0, points.Length).MinBy(i => points[i].SmoothedLoss);
        int steepest = Enumerable.Range(FewestSteps / 2, Math.Max(1, least - FewestSteps / 2)).Where(i => i + 1 < points.Length)
            .DefaultIfEmpty(0).MinBy(i => points[i + 1].SmoothedLoss - points[i].SmoothedLoss);
        return new(points, points[steepest].LearningRate);
    }
}
