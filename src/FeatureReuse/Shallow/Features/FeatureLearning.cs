namespace FeatureReuse;

/// <summary>
/// Learns the first layer W of a ReLU network from many binary tasks by the correlation loss L_t = -mean y a_t . relu(W x). If each head
/// is one step from zero, a_t = eta mean y relu(W x), this loss is pseudo-contrastive. Source: Collins et al., arXiv 2307.06887.
/// </summary>
public static class FeatureLearning
{
    /// <summary>Trains on new samples for every batch.</summary>
    /// <param name="draw">Draws a given number of new samples, always with the same width and tasks.</param>
    /// <param name="options">Sizes, rates and order of updates.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or samples change their width or tasks.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LearnedFeatures Train(Func<int, BinaryTaskSamples> draw, FeatureLearningOptions? options = null)
    {
        Require.NotNull(draw);
        options ??= new();
        options.Validate();
        TorchRuntime.EnsureLoaded();
        using IDisposable frozen = no_grad();
        using DisposeScope outer = NewDisposeScope();
        bool headsFirst = options.Order == UpdateOrder.HeadsFirst;
        BinaryTaskSamples first = draw(options.HeadSamples);
        Require.InRange((double)options.Neurons * Math.Max(first.Width, first.TaskCount), 1, Array.MaxLength, "Neurons x inputs or tasks");
        Tensor weights = DrawRows(options.Neurons, first.Width, options.Seed, RandomStream.ShallowWeights);
        Tensor? lasting = headsFirst ? null : DrawRows(first.TaskCount, options.Neurons, options.Seed, RandomStream.ShallowReadout);
        for (int step = 1; step <= options.Steps; step++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            var batch = new TaskBatch(weights, step == 1 ? first : Draw(headsFirst ? options.HeadSamples : options.RepresentationSamples));
            Tensor heads = lasting ?? batch.HeadGradient().Times(options.HeadLearningRate);
            if (headsFirst)
                batch = new TaskBatch(weights, Draw(options.RepresentationSamples));
            (double loss, Tensor gradient) = batch.LossAndGradient(heads);
            lasting?.PlusInPlace(batch.HeadGradient(), options.HeadLearningRate / options.Steps);
            double size = gradient.norm().ReadDouble();
            double length = size == 0 ? 0 : options.RelativeStep * weights.norm().ReadDouble() / size;
            weights.TimesInPlace(1 - options.Decay).PlusInPlace(gradient, -length);
            options.Progress?.Report(new(step, options.Steps, loss));
        }
        return new LearnedFeatures(weights.data<float>().ToArray(), first.Width);

        BinaryTaskSamples Draw(int count)
        {
            BinaryTaskSamples samples = draw(count);
            return samples.Width == first.Width && samples.TaskCount == first.TaskCount ? samples
                : throw new ArgumentException($"Samples of {samples.Width} inputs and {samples.TaskCount} tasks follow samples of "
                    + $"{first.Width} inputs and {first.TaskCount} tasks.", nameof(draw));
        }
    }

    /// <summary>Trains on batches of the given samples, in orders shuffled from the seed.</summary>
    /// <param name="samples">The samples of all tasks.</param>
    /// <param name="options">Sizes, rates and order of updates.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">A task has samples of one class only.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LearnedFeatures Train(BinaryTaskSamples samples, FeatureLearningOptions? options = null)
    {
        if (Require.NotNull(samples).FindTaskOfOneClass() is { } task)
            throw new InvalidDataException($"Task {task} does not have both labels, 0 and 1, among its {samples.Count} rows.");
        options ??= new();
        var random = new SeededRandom(options.Seed ?? 0, RandomStream.ShallowBatchOrder);
        int[] order = [.. Enumerable.Range(0, samples.Count)];
        int next = samples.Count;
        return Train(Draw, options);

        BinaryTaskSamples Draw(int count)
        {
            count = Math.Min(count, samples.Count);
            if (next + count > samples.Count)
            {
                random.Shuffle<int>(order);
                next = 0;
            }
            next += count;
            return samples.Select(order.AsSpan(next - count, count));
        }
    }


    /// <summary>Draws normal rows of about length 1.</summary>
    private static Tensor DrawRows(int rows, int columns, int? seed, RandomStream stream)
    {
        var values = new float[rows * columns];
        new SeededRandom(seed ?? 0, stream).FillNormal(values, 1 / Math.Sqrt(columns));
        return tensor(values, rows, columns);
    }
}
