namespace FeatureReuse;

/// <summary>Keeps the weights of the epoch with the lowest loss on held-out images, and says when that loss no longer falls.</summary>
internal sealed class EarlyStopping(Trainable target, TrainingTask task, int[] rows, int patience) : IDisposable
{
    /// <summary>Gets the weights of the best epoch.</summary>
    public WeightSnapshot Best { get; } = new(target.Module);

    /// <summary>Returns the rows to train on and those to hold out; all and none without early stopping.</summary>
    /// <exception cref="ArgumentException">No image would be held out.</exception>
    public static (int[] Training, int[] Validation) Split(ImageStore images, EarlyStoppingOptions? options, int seed)
    {
        if (options is not { ValidationFraction: var fraction })
            return ([.. Enumerable.Range(0, images.Count)], []);
        var random = new SeededRandom(seed, RandomStream.ValidationSplit);
        (int[] training, int[] validation) = StratifiedSplit.HoldOut(images, fraction, fewest: 0, random);
        return validation.Length > 0 ? (training, validation)
            : throw new ArgumentException($"{nameof(options.ValidationFraction)} is {fraction}; of {images.Count} images in "
                + $"{images.ClassNames.Count} classes it holds out none. Raise it, or leave {nameof(TrainingOptions.EarlyStopping)} out.",
                nameof(options.ValidationFraction));
    }

    /// <summary>Measures the weights, or their average if there is one, on the held-out images.</summary>
    public ClassificationMetrics Measure(WeightSnapshot? average) => average is null ? Measure() : average.During(Measure);

    /// <summary>Keeps the weights of the epoch that has ended if its loss is the lowest.</summary>
    public void Keep(double loss, WeightSnapshot? average, LoopState state)
    {
        if (!(loss < state.BestLoss))
            return;
        (state.BestLoss, state.BestEpoch) = (loss, state.Epoch);
        Best.Take(average?.Tensors);
    }

    /// <summary>Returns whether the loss has not fallen for too many epochs.</summary>
    public bool IsExhausted(LoopState state) => state.Epoch - state.BestEpoch >= patience;

    public void Dispose() => Best.Dispose();

    private ClassificationMetrics Measure()
    {
        target.Module.eval();
        double loss = 0;
        List<float[]> probabilities = [];
        Inference.ForEachBatch(task.Images, new BatchOrder(rows, Inference.BatchSize, random: null), target.Device, (batch, labels) =>
        {
            Tensor logits = ImageClassifier.Slice(target.Logits(batch), task.Head);
            loss += nn.functional.cross_entropy(logits, labels.to(target.Device)).ReadDouble() * labels.shape[0];
            probabilities.AddRange(Inference.Values(() => logits.softmax(1)).Chunk(task.Head.ClassCount));
        });
        int[] truth = [.. rows.Select(row => task.Images.Labels[row])];
        return ClassificationMetrics.From(probabilities, truth, task.Head.ClassNames) with { LogLoss = loss / rows.Length };
    }
}
