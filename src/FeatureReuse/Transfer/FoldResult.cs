namespace FeatureReuse;

/// <summary>Holds how a candidate did on the held-out images of a fold.</summary>
/// <param name="Losses">The cross-entropy of each image, in nats; empty if the run diverged.</param>
/// <param name="Hits">The number of images classified correctly.</param>
internal sealed record FoldResult(float[] Losses, int Hits)
{
    /// <summary>Gets the result of a run that diverged.</summary>
    public static FoldResult Diverged { get; } = new([], 0);

    /// <summary>Gets the mean loss; null if the run diverged.</summary>
    public double? MeanLoss => Losses.Length == 0 ? null : Losses.Average(loss => (double)loss);

    /// <summary>Measures a trained candidate.</summary>
    public static FoldResult From(TrainedClassifier trained, ImageStore images)
    {
        float[][] logs = Scoring.LogProbabilities(trained.Network, trained.Head, images);
        float[] losses = [.. logs.Zip(images.Labels.ToArray(), (row, label) => -row[label])];
        int hits = logs.Zip(images.Labels.ToArray()).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second);
        // Weights can stop being finite in the last step, after the last training loss.
        return losses.All(float.IsFinite) ? new(losses, hits) : Diverged;
    }
}
