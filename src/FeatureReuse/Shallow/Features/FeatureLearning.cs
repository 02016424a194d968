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
        Tensor weights = DrawRows(options.Neurons, first.Width, options.Seed, RandomStream.ShallowWeights);
        Tensor? lasting = headsFirst ? null : DrawRows(first.TaskCount, options.Neurons, options.Seed, RandomStream.ShallowReadout);
        for (int step = 1; step <= options.Steps; step++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            BinaryTaskSamples samples = step == 1 ? first : draw(headsFirst ? options.HeadSamples : options.RepresentationSamples);
            Tensor heads = lasting ?? HeadGradient(weights, samples).Times(options.HeadLearningRate);
            if (headsFirst)
                samples = draw(options.RepresentationSamples);
            if (samples.Width != first.Width || samples.TaskCount != first.TaskCount)
            {
                throw new ArgumentException($"Samples of {samples.Width} inputs and {samples.TaskCount} tasks follow samples of "
                    + $"{first.Width} inputs and {first.TaskCount} tasks.");
            }
            (double loss, Tensor gradient) = LossAndGradient(weights, heads, samples);
            lasting?.PlusInPlace(HeadGradient(weights, samples), options.HeadLearningRate / options.Steps);
            double size = gradient.norm().ReadDouble();
            double length = size == 0 ? 0 : options.RelativeStep * weights.norm().ReadDouble() / size;
            weights.TimesInPlace(1 - options.Decay).PlusInPlace(gradient, -length);
            options.Progress?.Report(new(step, options.Steps, loss));
        }
        return new LearnedFeatures(weights.data<float>().ToArray(), first.Width);
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

    /// <summary>Computes mean y relu(W x) of each task, [T, m].</summary>
    private static Tensor HeadGradient(Tensor weights, BinaryTaskSamples samples)
        => LabelWeights(samples).t().mm(InputsOf(samples).mm(weights.t()).relu());

    /// <summary>Computes the mean of L_t over the tasks and its gradient in W.</summary>
    private static (double Loss, Tensor Gradient) LossAndGradient(Tensor weights, Tensor heads, BinaryTaskSamples samples)
    {
        Tensor inputs = InputsOf(samples);
        Tensor hidden = inputs.mm(weights.t()).relu();
        // For each sample and hidden unit, the sum over tasks of the label's weight times the head.
        Tensor pull = LabelWeights(samples).mm(heads).DividedBy(samples.TaskCount);
        return (-pull.mul(hidden).sum().ReadDouble(), pull.mul(hidden.sign()).t().mm(inputs).neg());
    }

    private static Tensor InputsOf(BinaryTaskSamples samples) => tensor(samples.Inputs, samples.Count, samples.Width);

    /// <summary>Divides each label by the number of labels of its task, so that a product with the result is a mean, [count, T].</summary>
    private static Tensor LabelWeights(BinaryTaskSamples samples)
    {
        var counts = new int[samples.TaskCount];
        for (int i = 0; i < samples.Labels.Length; i++)
            counts[i % samples.TaskCount] += samples.Labels[i] == 0 ? 0 : 1;
        float[] weights = [.. samples.Labels.Select((label, i) => label / Math.Max(counts[i % samples.TaskCount], 1))];
        return tensor(weights, samples.Count, samples.TaskCount);
    }

    /// <summary>Draws normal rows of about length 1.</summary>
    private static Tensor DrawRows(int rows, int columns, int? seed, RandomStream stream)
    {
        var values = new float[rows * columns];
        new SeededRandom(seed ?? 0, stream).FillNormal(values, 1 / Math.Sqrt(columns));
        return tensor(values, rows, columns);
    }
}
