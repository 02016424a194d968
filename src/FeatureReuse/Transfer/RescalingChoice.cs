namespace FeatureReuse;

/// <summary>
/// Specifies a rescaling, or several candidates to choose from: each candidate is finetuned on folds of the training images, the one with
/// the lowest mean validation loss wins, and is then finetuned on all images. Test data is never used.
/// </summary>
/// <remarks>
/// One-standard-error rule: among the candidates whose loss is within one standard error of the lowest, the one nearest to the factor 1 is
/// chosen. The standard error is that of the difference from the best candidate, image by image. The choice is deterministic: each run has
/// one thread of the processor and the same seed. A custom network that draws random numbers as it trains, such as by dropout, shares
/// libtorch's generator with parallel runs; it needs <see cref="MaxDegreeOfParallelism"/> = 1 for bit-identical results. A plain factor and
/// a <see cref="Rescaling"/> convert implicitly.
/// </remarks>
public sealed record RescalingChoice
{
    private RescalingChoice(IReadOnlyList<Rescaling> candidates) => Candidates = candidates;

    /// <summary>Gets the factor 1: pretrained weights are not changed.</summary>
    public static RescalingChoice None { get; } = new([Rescaling.None]);

    /// <summary>Gets the paper's factors: .125, .25, .5, 1 and 2.</summary>
    public static RescalingChoice PaperFactors { get; } = From(.125f, .25f, .5f, 1, 2);

    /// <summary>Gets the candidates; at least one.</summary>
    public IReadOnlyList<Rescaling> Candidates { get; }

    /// <summary>Gets the number of folds, or the number of images of the rarest class if that is smaller. Default 5; 2 to 100.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets the number of training images from which on one part is held out instead of folds. Default 300; 2 or more.</summary>
    public int HoldOutThreshold { get; init; } = 300;

    /// <summary>Gets the fraction of every class that is held out. Default .25; .05 to .5.</summary>
    public double HoldOutFraction { get; init; } = .25;

    /// <summary>
    /// Gets the maximum number of parallel runs on the processor. Default null: libtorch's threads, at most 8. 1 to 1024.
    /// </summary>
    public int? MaxDegreeOfParallelism { get; init; }

    /// <summary>Gets the receiver of every run that has ended, one at a time, on the threads of the runs. Default null.</summary>
    public IProgress<RescalingProgress>? Progress { get; init; }

    /// <summary>Gives several candidates: factors, or profiles over depth.</summary>
    /// <exception cref="ArgumentException">There is no candidate, or one is given twice.</exception>
    public static RescalingChoice From(params IReadOnlyList<Rescaling> candidates)
    {
        if (Require.NotNull(candidates).Count == 0)
            throw new ArgumentException("There is no candidate to choose from; give at least one factor.", nameof(candidates));
        Rescaling? twice = candidates.GroupBy(candidate => Require.NotNull(candidate)).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? new([.. candidates])
            : throw new ArgumentException($"The candidate {twice} is given twice.", nameof(candidates));
    }

    /// <summary>Gives one rescaling, and nothing to choose.</summary>
    public static implicit operator RescalingChoice(Rescaling rescaling) => new([Require.NotNull(rescaling)]);

    /// <summary>Gives one factor of every parameter, and nothing to choose.</summary>
    public static implicit operator RescalingChoice(float factor) => new([factor]);

    internal void Validate()
    {
        Require.InRange(Folds, 2, 100, $"{nameof(RescalingChoice)}.{nameof(Folds)}");
        Require.InRange(HoldOutThreshold, 2, int.MaxValue, $"{nameof(RescalingChoice)}.{nameof(HoldOutThreshold)}");
        Require.InRange(HoldOutFraction, .05, .5, $"{nameof(RescalingChoice)}.{nameof(HoldOutFraction)}");
        Require.InRange(MaxDegreeOfParallelism ?? 1, 1, 1024, $"{nameof(RescalingChoice)}.{nameof(MaxDegreeOfParallelism)}");
    }
}
