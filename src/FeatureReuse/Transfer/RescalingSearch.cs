using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>Finetunes every candidate on every fold and chooses one. The checkpoint folder of the run keeps the results of folds.</summary>
internal sealed class RescalingSearch(
    RescalingChoice choice, Func<RunContext, ImageStore, Rescaling, TrainedClassifier> finetune, RunContext run)
{
    private const int MostParallel = 8;

    private readonly Lock _gate = new();
    private int _done;

    /// <summary>Returns the table of candidates.</summary>
    /// <exception cref="ArgumentException">A class has too few images.</exception>
    /// <exception cref="InvalidOperationException">All candidates diverged.</exception>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    public RescalingCandidate[] Run(TrainedClassifier pretrained, ImageStore images)
    {
        RequireSameRun(pretrained, images);
        (int[] Training, int[] Validation)[] folds = FoldsOf(images);
        FoldResult[][] results = [.. choice.Candidates.Select(_ => new FoldResult[folds.Length])];
        (int Candidate, int Fold)[] jobs = [.. from fold in Enumerable.Range(0, folds.Length)
                                               from candidate in Enumerable.Range(0, results.Length)
                                               select (candidate, fold)];
        try
        {
            ParallelRuns.ForEach(jobs, ThreadsFor(jobs.Length), job =>
            {
                Rescaling rescaling = choice.Candidates[job.Candidate];
                FoldResult result = Kept($"choice-{job.Candidate}-{job.Fold}", () =>
                    ResultOf(rescaling, images.Subset(folds[job.Fold].Training), images.Subset(folds[job.Fold].Validation)));
                results[job.Candidate][job.Fold] = result;
                lock (_gate)
                    choice.Progress?.Report(new(rescaling, job.Fold + 1, folds.Length, result.MeanLoss, ++_done, jobs.Length));
            }, run.Options.CancellationToken);
        }
        catch (OperationCanceledException) when (run.Options.CancellationToken.IsCancellationRequested)
        {
            // Reports the cancelled choice, not the cancelled fold: it has taken no step, and has the checkpoint folder.
            throw new TrainingCanceledException(
                TrainingHistory.None(StopReason.Canceled), run.Options.Checkpoint?.Folder, run.Options.CancellationToken);
        }
        return Choose(results);
    }

    private FoldResult ResultOf(Rescaling rescaling, ImageStore training, ImageStore validation)
    {
        int? threads = run.Device.type == DeviceType.CPU ? 1 : run.Options.Threads;
        TrainingOptions options = run.Options with { Progress = null, Checkpoint = null, Threads = threads };
        try
        {
            using TrainedClassifier trained = finetune(RunContext.Start(options, run.Seed, checkpoints: null), training, rescaling);
            float[][] logs = Scoring.LogProbabilities(trained.Network, trained.Head, validation, options.CancellationToken);
            float[] losses = [.. logs.Select((row, i) => -row[validation.Labels[i]])];
            int hits = logs.Where((row, i) => TensorPrimitives.IndexOfMax<float>(row) == validation.Labels[i]).Count();
            // Weights can stop being finite in the last step, after the last training loss.
            return losses.All(float.IsFinite) ? new(losses, hits) : new([], 0);
        }
        catch (TrainingDivergedException)
        {
            return new([], 0);
        }
    }

    private (int[] Training, int[] Validation)[] FoldsOf(ImageStore images)
    {
        int[] counts = images.CountByClass();
        int rarest = Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0).MinBy(c => counts[c]);
        if (counts[rarest] == 1)
        {
            throw new ArgumentException($"Class '{images.ClassNames[rarest]}' has one image; choosing a rescaling holds images out, and "
                + "needs at least two of every class. Give one factor, or more images.", nameof(images));
        }
        var random = new SeededRandom(run.Seed, RandomStream.Folds);
        return images.Count < choice.HoldOutThreshold ? StratifiedSplit.Folds(images, Math.Min(choice.Folds, counts[rarest]), random)
            : [StratifiedSplit.HoldOut(images, choice.HoldOutFraction, fewest: 1, random)];
    }

    /// <summary>Returns the number of parallel runs: on the processor, each has one thread; a GPU does one after another.</summary>
    private int ThreadsFor(int jobs)
        => run.Device.type != DeviceType.CPU ? 1
            : Math.Min(jobs, choice.MaxDegreeOfParallelism ?? Math.Min(get_num_threads(), MostParallel));

    private void RequireSameRun(TrainedClassifier pretrained, ImageStore images)
    {
        if (run.Checkpoints is null)
            return;
        string kind = $"choice from {string.Join("; ", choice.Candidates)}";
        var identity = CheckpointIdentity.Create(kind, run.Seed, run.Options, [images], pretrained.Network);
        identity.RequireSame(Kept("choice", () => identity), run.Options.Checkpoint!.Folder);
    }

    /// <summary>Returns a result from the checkpoint folder, if there is one and it has it.</summary>
    private T Kept<T>(string name, Func<T> compute) where T : class => run.Checkpoints?.Kept(name, compute) ?? compute();

    private RescalingCandidate[] Choose(FoldResult[][] results)
    {
        // Folds come in the same order for all candidates, so that their images pair up.
        double[]?[] losses = [.. results.Select(folds => folds.Any(fold => fold.MeanLoss is null) ? null
            : folds.SelectMany(fold => fold.Losses).Select(loss => (double)loss).ToArray())];
        double[] best = losses.OfType<double[]>().MinBy(row => row.Average()) ?? throw new InvalidOperationException(
            $"Every candidate of the rescaling diverged ({string.Join("; ", choice.Candidates)}). "
            + FormattableString.Invariant($"Lower LearningRate, which is {run.Options.LearningRate}, or give smaller factors."));
        RescalingCandidate[] table = [.. choice.Candidates.Select((rescaling, i)
            => RescalingCandidate.From(rescaling, losses[i], best, results[i].Sum(fold => fold.Hits)))];
        RescalingCandidate chosen = table.Where(candidate => candidate.LossAboveBest <= candidate.LossAboveBestStandardError)
            .MinBy(candidate => (candidate.Rescaling.DistanceFromOne, candidate.LossAboveBest))!;
        return [.. table.Select(candidate => candidate with { IsChosen = candidate == chosen })];
    }

    /// <summary>Holds the loss of each held-out image, in nats, and the number classified correctly; empty if the run diverged.</summary>
    private sealed record FoldResult(float[] Losses, int Hits)
    {
        public double? MeanLoss => Losses.Length == 0 ? null : Losses.Average(loss => (double)loss);
    }
}
