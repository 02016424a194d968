namespace FeatureReuse;

/// <summary>Finetunes every candidate on every fold and chooses.</summary>
/// <param name="choice">The candidates.</param>
/// <param name="finetune">Finetunes on some of the images.</param>
/// <param name="options">How the winner will be trained.</param>
/// <param name="device">Where.</param>
/// <param name="session">Where the results of runs are kept, so that an interrupted search goes on; null where they are not.</param>
internal sealed class RescalingSearch(
    RescalingChoice choice, Func<ImageStore, Rescaling, TrainingOptions, TrainedClassifier> finetune, TrainingOptions options, torch.Device device, CheckpointSession? session)
{
    private const int MostParallel = 8;

    private readonly Lock _gate = new();

    /// <summary>The table of candidates; null if the token was cancelled.</summary>
    /// <param name="pretrained">What is finetuned.</param>
    /// <param name="images">The training images.</param>
    /// <param name="seed">The seed of the folds and of every run.</param>
    /// <exception cref="ArgumentException">A class has too few images.</exception>
    /// <exception cref="InvalidOperationException">All candidates diverged.</exception>
    public IReadOnlyList<RescalingCandidate>? Run(TrainedClassifier pretrained, ImageStore images, int seed)
    {
        RequireSameRun(pretrained, images, seed);
        RarestClass(images);
        var random = new SeededRandom(seed, RandomStream.Folds);
        (int[] Training, int[] Validation)[] folds = images.Count < choice.HoldOutFrom
            ? StratifiedSplit.Folds(images, Math.Min(choice.Folds, RarestClass(images)), random)
            : [StratifiedSplit.HoldOut(images, choice.HoldOutFraction, fewest: 1, random)];
        var losses = new float[choice.Candidates.Count][][];
        var hits = new int[choice.Candidates.Count];
        (int Candidate, int Fold)[] runs = [.. from fold in Enumerable.Range(0, folds.Length) from candidate in Enumerable.Range(0, losses.Length) select (candidate, fold)];
        foreach (int candidate in Enumerable.Range(0, losses.Length))
            losses[candidate] = new float[folds.Length][];
        int done = 0;
        ForEach(runs, run =>
        {
            Rescaling rescaling = choice.Candidates[run.Candidate];
            string name = $"choice-{run.Candidate}-{run.Fold}";
            if (session?.Result<FoldResult>(name) is { } kept)
            {
                Count(kept);
                return;
            }
            (int[] training, int[] validation) = folds[run.Fold];
            FoldResult outcome;
            try
            {
                using TrainedClassifier trained = finetune(images.Subset(training), rescaling, options with
                {
                    Seed = seed,
                    Progress = null,
                    Checkpoint = null,
                    Threads = device.type == DeviceType.CPU ? 1 : options.Threads,
                });
                outcome = Measure(trained, images.Subset(validation));
            }
            catch (TrainingDivergedException)
            {
                outcome = new([], 0);
            }
            catch (TrainingCanceledException)
            {
                return;
            }
            session?.Keep(name, outcome);
            Count(outcome);

            void Count(FoldResult fold)
            {
                lock (_gate)
                {
                    losses[run.Candidate][run.Fold] = fold.Losses;
                    hits[run.Candidate] += fold.Hits;
                    choice.Progress?.Report(new(rescaling, run.Fold + 1, folds.Length, fold.Losses.Length == 0 ? null : fold.Losses.Average(loss => (double)loss), ++done, runs.Length));
                }
            }
        });
        return options.CancellationToken.IsCancellationRequested ? null : Choose(losses, hits);
    }

    /// <exception cref="ArgumentException">A class has one image only.</exception>
    private static int RarestClass(ImageStore images)
    {
        int[] counts = images.CountByClass();
        int rarest = Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0).MinBy(c => counts[c]);
        return counts[rarest] > 1 ? counts[rarest] : throw new ArgumentException(
            $"Class '{images.ClassNames[rarest]}' has one image; choosing a rescaling holds images out, and needs at least two of every class. "
            + "Give one factor, or more images.", nameof(images));
    }

    private void RequireSameRun(TrainedClassifier pretrained, ImageStore images, int seed)
    {
        if (session is null)
            return;
        var identity = CheckpointIdentity.Create($"choice from {string.Join("; ", choice.Candidates)}", seed, options, [images], pretrained.Network);
        if (session.Result<CheckpointIdentity>("choice") is not { } kept)
        {
            session.Keep("choice", identity);
        }
        else if (identity.DifferenceFrom(kept) is { } difference)
        {
            throw new InvalidOperationException($"{options.Checkpoint!.Folder} holds the checkpoints of another run: {difference}. Run that one to its end, delete the folder, or give this run another {nameof(CheckpointOptions.Folder)}.");
        }
    }

    /// <summary>What a candidate's run on a fold gave.</summary>
    /// <param name="Losses">Of the fold's images; none where the run diverged.</param>
    /// <param name="Hits">Of them classified rightly.</param>
    private sealed record FoldResult(float[] Losses, int Hits);

    private RescalingCandidate[] Choose(float[][][] losses, int[] hits)
    {
        // Empty stands for a run that diverged. Folds come in the same order for all, so that images pair up.
        double[]?[] rows = [.. losses.Select(folds => folds.Any(fold => fold.Length == 0) ? null : folds.SelectMany(fold => fold).Select(loss => (double)loss).ToArray())];
        double[]? best = rows.Where(row => row is not null).MinBy(row => row!.Average());
        if (best is null)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Every candidate of the rescaling diverged ({string.Join("; ", choice.Candidates)}). Lower LearningRate, which is {options.LearningRate}, or give smaller factors."));
        }
        RescalingCandidate[] table = [.. choice.Candidates.Select((rescaling, i) => rows[i] is not { } own ? new RescalingCandidate(rescaling, null, null, null, null, null, false)
            : new RescalingCandidate(rescaling, own.Average(), StandardErrorOf(own), own.Average() - best.Average(), StandardErrorOf([.. own.Zip(best, (loss, lowest) => loss - lowest)]),
                (double)hits[i] / own.Length, false))];
        RescalingCandidate chosen = table.Where(candidate => candidate.AboveBest <= candidate.AboveBestStandardError).MinBy(candidate => (candidate.Rescaling.DistanceFromOne, candidate.AboveBest))!;
        return [.. table.Select(candidate => candidate with { IsChosen = candidate == chosen })];
    }

    private static double StandardErrorOf(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1) / values.Length);
    }

    /// <summary>On the processor, runs of one thread each go side by side; a GPU does one after another.</summary>
    private void ForEach((int Candidate, int Fold)[] runs, Action<(int Candidate, int Fold)> work)
    {
        int before = get_num_threads();
        int threads = device.type != DeviceType.CPU ? 1 : Math.Min(runs.Length, choice.Parallel ?? Math.Min(before, MostParallel));
        int next = -1;
        Exception? failure = null;
        // Threads of their own, since libtorch remembers a number of threads for each.
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref failure) is null && Interlocked.Increment(ref next) is var index && index < runs.Length && !options.CancellationToken.IsCancellationRequested)
            {
                try
                {
                    work(runs[index]);
                }
                catch (Exception caught)
                {
                    Interlocked.CompareExchange(ref failure, caught, null);
                }
            }
        }) { IsBackground = true, Name = "choosing a rescaling" })];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        set_num_threads(before);
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private static FoldResult Measure(TrainedClassifier trained, ImageStore images)
    {
        float[][] scores = [.. Scoring.LogProbabilities(trained, images)];
        int[] labels = images.Labels.ToArray();
        float[] losses = [.. scores.Zip(labels, (row, label) => -row[label])];
        int hits = scores.Zip(labels).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second);
        // A network can diverge without the training loss showing it.
        return new(losses.All(float.IsFinite) ? losses : [], hits);
    }
}
