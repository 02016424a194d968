namespace FeatureReuse;

/// <summary>Finetunes every candidate on every fold and chooses one.</summary>
/// <param name="choice">The candidates.</param>
/// <param name="finetune">Finetunes on some of the images.</param>
/// <param name="run">How the winner will be trained. In its checkpoint folder, results of folds are kept.</param>
internal sealed class RescalingSearch(RescalingChoice choice, Func<RunContext, ImageStore, Rescaling, TrainedClassifier> finetune, RunContext run)
{
    private const int MostParallel = 8;

    private readonly Lock _gate = new();
    private int _done;

    /// <summary>Returns the table of candidates.</summary>
    /// <param name="pretrained">The classifier to finetune.</param>
    /// <param name="images">The training images.</param>
    /// <exception cref="ArgumentException">A class has too few images.</exception>
    /// <exception cref="InvalidOperationException">All candidates diverged.</exception>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    public RescalingCandidate[] Run(TrainedClassifier pretrained, ImageStore images)
    {
        RequireSameRun(pretrained, images);
        var random = new SeededRandom(run.Seed, RandomStream.Folds);
        int rarest = RarestClass(images);
        (int[] Training, int[] Validation)[] folds = images.Count < choice.HoldOutFrom
            ? StratifiedSplit.Folds(images, Math.Min(choice.Folds, rarest), random)
            : [StratifiedSplit.HoldOut(images, choice.HoldOutFraction, fewest: 1, random)];
        FoldResult[][] results = [.. choice.Candidates.Select(_ => new FoldResult[folds.Length])];
        (int Candidate, int Fold)[] jobs =
            [.. from fold in Enumerable.Range(0, folds.Length) from candidate in Enumerable.Range(0, results.Length) select (candidate, fold)];
        ParallelRuns.ForEach(jobs, ThreadsFor(jobs.Length), job =>
        {
            Rescaling rescaling = choice.Candidates[job.Candidate];
            string name = $"choice-{job.Candidate}-{job.Fold}";
            if (run.Checkpoints?.Result<FoldResult>(name) is not { } result)
            {
                (int[] training, int[] validation) = folds[job.Fold];
                if (ResultOf(rescaling, images.Subset(training), images.Subset(validation)) is not { } found)
                    return;
                result = found;
                run.Checkpoints?.Keep(name, result);
            }
            results[job.Candidate][job.Fold] = result;
            lock (_gate)
                choice.Progress?.Report(new(rescaling, job.Fold + 1, folds.Length, result.MeanLoss, ++_done, jobs.Length));
        }, run.Options.CancellationToken);
        if (run.Options.CancellationToken.IsCancellationRequested)
            throw new TrainingCanceledException(new(StopReason.Canceled, [], 0, 0), run.Options.Checkpoint?.Folder, run.Options.CancellationToken);
        return Choose(results);
    }

    /// <summary>Returns how a candidate does on held-out images; null if the token was cancelled.</summary>
    private FoldResult? ResultOf(Rescaling rescaling, ImageStore training, ImageStore validation)
    {
        TrainingOptions options = run.Options with
        {
            Progress = null,
            Checkpoint = null,
            Threads = run.Device.type == DeviceType.CPU ? 1 : run.Options.Threads,
        };
        try
        {
            using TrainedClassifier trained = finetune(RunContext.Start(options, run.Seed, checkpoints: null), training, rescaling);
            return FoldResult.From(trained, validation);
        }
        catch (TrainingDivergedException)
        {
            return FoldResult.Diverged;
        }
        catch (TrainingCanceledException) when (run.Options.CancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Returns the number of images of the rarest class.</summary>
    /// <exception cref="ArgumentException">A class has one image only.</exception>
    private static int RarestClass(ImageStore images)
    {
        int[] counts = images.CountByClass();
        int rarest = Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0).MinBy(c => counts[c]);
        return counts[rarest] > 1 ? counts[rarest] : throw new ArgumentException(
            $"Class '{images.ClassNames[rarest]}' has one image; choosing a rescaling holds images out, and needs at least two of every class. "
            + "Give one factor, or more images.", nameof(images));
    }

    /// <summary>On the processor, runs of one thread each go side by side; a GPU does one after another.</summary>
    private int ThreadsFor(int jobs)
        => run.Device.type == DeviceType.CPU ? Math.Min(jobs, choice.Parallel ?? Math.Min(get_num_threads(), MostParallel)) : 1;

    private void RequireSameRun(TrainedClassifier pretrained, ImageStore images)
    {
        if (run.Checkpoints is not { } checkpoints)
            return;
        var identity = CheckpointIdentity.Create($"choice from {string.Join("; ", choice.Candidates)}", run.Seed, run.Options, [images], pretrained.Network);
        if (checkpoints.Result<CheckpointIdentity>("choice") is not { } kept)
        {
            checkpoints.Keep("choice", identity);
        }
        else if (identity.DifferenceFrom(kept) is { } difference)
        {
            throw new InvalidOperationException($"{run.Options.Checkpoint!.Folder} holds the checkpoints of another run: {difference}. "
                + $"Run that one to its end, delete the folder, or give this run another {nameof(CheckpointOptions.Folder)}.");
        }
    }

    private RescalingCandidate[] Choose(FoldResult[][] results)
    {
        // Folds come in the same order for all candidates, so that their images pair up.
        double[]?[] losses = [.. results.Select(folds => folds.Any(fold => fold.MeanLoss is null) ? null
            : folds.SelectMany(fold => fold.Losses).Select(loss => (double)loss).ToArray())];
        double[] best = losses.OfType<double[]>().MinBy(row => row.Average()) ?? throw new InvalidOperationException(FormattableString.Invariant(
            $"Every candidate of the rescaling diverged ({string.Join("; ", choice.Candidates)}). Lower LearningRate, which is {run.Options.LearningRate}, or give smaller factors."));
        RescalingCandidate[] table = [.. choice.Candidates.Select((rescaling, i) => losses[i] is not { } own ? RescalingCandidate.Diverged(rescaling)
            : RescalingCandidate.From(rescaling, own, best, (double)results[i].Sum(fold => fold.Hits) / own.Length))];
        RescalingCandidate chosen = table.Where(candidate => candidate.AboveBest <= candidate.AboveBestStandardError)
            .MinBy(candidate => (candidate.Rescaling.DistanceFromOne, candidate.AboveBest))!;
        return [.. table.Select(candidate => candidate with { IsChosen = candidate == chosen })];
    }
}
