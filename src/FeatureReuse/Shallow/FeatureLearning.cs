namespace FeatureReuse;

/// <summary>
/// Learns the first layer W of a ReLU network from many binary tasks by the correlation loss L_t = -mean y a_t . relu(W x). With each head one step from zero,
/// a_t = eta mean y relu(W x), the loss in W is a pseudo-contrastive one. Source: Collins et al., arXiv 2307.06887.
/// </summary>
public static class FeatureLearning
{
    /// <summary>Trains on samples that are drawn anew for every batch.</summary>
    /// <param name="draw">Gives so many fresh samples, all of the same width and tasks.</param>
    /// <param name="options">Sizes, rates and order.</param>
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
        BinaryTaskSamples first = draw(options.HeadSamples);
        Tensor weights = InitialWeights(options.Neurons, first.Width, options.Seed ?? 0);
        // Fitted before they are used where the heads go first.
        Tensor heads = options.Order == UpdateOrder.Simultaneous ? RandomHeads(first.TaskCount, options.Neurons, options.Seed ?? 0) : zeros(first.TaskCount, options.Neurons);
        for (int step = 1; step <= options.Steps; step++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            BinaryTaskSamples samples;
            if (options.Order == UpdateOrder.HeadsFirst)
            {
                heads = HeadGradient(weights, step == 1 ? first : draw(options.HeadSamples)).Times(options.HeadLearningRate);
                samples = draw(options.RepresentationSamples);
            }
            else
            {
                samples = step == 1 ? first : draw(options.RepresentationSamples);
            }
            RequireSameTasks(first, samples);
            (double loss, Tensor gradient) = Gradient(weights, heads, samples);
            if (options.Order == UpdateOrder.Simultaneous)
                heads = Replace(heads, heads.Plus(HeadGradient(weights, samples), options.HeadLearningRate / options.Steps));
            double size = gradient.norm().ReadDouble();
            double length = size == 0 ? 0 : options.RelativeStep * weights.norm().ReadDouble() / size;
            weights = Replace(weights, weights.Times(1 - options.Decay).Plus(gradient, -length));
            options.Progress?.Report(new(step, options.Steps, loss));
        }
        return new LearnedFeatures(weights.data<float>().ToArray(), first.Width);
    }

    /// <summary>Trains on batches of the samples given, in orders shuffled from the seed.</summary>
    /// <param name="samples">The samples of all tasks.</param>
    /// <param name="options">Sizes, rates and order.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">A task has samples of one class only.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LearnedFeatures Train(BinaryTaskSamples samples, FeatureLearningOptions? options = null)
    {
        Require.NotNull(samples);
        if (samples.TaskOfOneClass() is { } task)
            throw new InvalidDataException($"Task {task} has not both labels, 0 and 1, among its {samples.Count} rows.");
        options ??= new();
        var random = new SeededRandom(options.Seed ?? 0, RandomStream.Batches);
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

    /// <summary>
    /// The pseudo-contrastive loss: -eta times the mean over pairs of a head sample x' and another sample x of [mean over tasks of y_t(x) y_t(x')] relu(W x) . relu(W x').
    /// It pulls together points whose labels mostly agree across the tasks and pushes apart those whose labels mostly differ.
    /// </summary>
    /// <param name="features">W.</param>
    /// <param name="headSamples">x'.</param>
    /// <param name="samples">x.</param>
    /// <param name="headLearningRate">eta.</param>
    /// <exception cref="ArgumentException">The samples have another width than the features, or other tasks than each other.</exception>
    public static double ComputePseudoContrastiveLoss(LearnedFeatures features, BinaryTaskSamples headSamples, BinaryTaskSamples samples, double headLearningRate = 1)
    {
        RequireSameTasks(Require.NotNull(headSamples), Require.NotNull(samples));
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor weights = Require.NotNull(features).ToTensor();
        if (samples.Width != features.Width)
            throw new ArgumentException($"The samples have {samples.Width} inputs; the features take {features.Width}.", nameof(samples));
        // Each task's labels count by how many of them there are.
        Tensor agreement = Shares(samples).mm(Shares(headSamples).t()).DividedBy(samples.TaskCount);
        Tensor similarity = Hidden(weights, samples).mm(Hidden(weights, headSamples).t());
        return -headLearningRate * agreement.mul(similarity).sum().ReadDouble();
    }

    /// <summary>Keeps the new value beyond the step and frees the old one.</summary>
    private static Tensor Replace(Tensor old, Tensor next)
    {
        old.Dispose();
        return next.MoveToOuterDisposeScope();
    }

    /// <summary>mean y relu(W x) of each task, [T, m].</summary>
    private static Tensor HeadGradient(Tensor weights, BinaryTaskSamples samples) => Shares(samples).t().mm(Hidden(weights, samples));

    /// <summary>The mean of L_t over the tasks and its gradient in W.</summary>
    private static (double Loss, Tensor Gradient) Gradient(Tensor weights, Tensor heads, BinaryTaskSamples samples)
    {
        Tensor inputs = tensor(samples.Inputs, samples.Count, samples.Width);
        Tensor hidden = inputs.mm(weights.t()).relu();
        // For each sample and hidden unit, the sum over tasks of its label's share times the head.
        Tensor pull = Shares(samples).mm(heads).DividedBy(samples.TaskCount);
        double loss = -pull.mul(hidden).sum().ReadDouble();
        Tensor gradient = pull.mul(hidden.sign()).t().mm(inputs).neg();
        return (loss, gradient);
    }

    private static Tensor Hidden(Tensor weights, BinaryTaskSamples samples) => tensor(samples.Inputs, samples.Count, samples.Width).mm(weights.t()).relu();

    /// <summary>The labels divided by how many of the task there are, so that a product with them is a mean, [count, T].</summary>
    private static Tensor Shares(BinaryTaskSamples samples)
    {
        var counts = new int[samples.TaskCount];
        for (int i = 0; i < samples.Labels.Length; i++)
            counts[i % samples.TaskCount] += samples.Labels[i] == 0 ? 0 : 1;
        var shares = new float[samples.Labels.Length];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = samples.Labels[i] / Math.Max(counts[i % samples.TaskCount], 1);
        return tensor(shares, samples.Count, samples.TaskCount);
    }

    private static Tensor InitialWeights(int neurons, int width, int seed) => Normal(neurons, width, new SeededRandom(seed, RandomStream.Weights));

    private static Tensor RandomHeads(int tasks, int neurons, int seed) => Normal(tasks, neurons, new SeededRandom(seed, RandomStream.Readout));

    /// <summary>Rows of about length 1.</summary>
    private static Tensor Normal(int rows, int columns, SeededRandom random)
    {
        var values = new float[rows * columns];
        double deviation = 1 / Math.Sqrt(columns);
        foreach (ref float value in values.AsSpan())
            value = (float)(deviation * random.Normal());
        return tensor(values, rows, columns);
    }

    private static void RequireSameTasks(BinaryTaskSamples first, BinaryTaskSamples second)
    {
        if (first.Width != second.Width || first.TaskCount != second.TaskCount)
        {
            throw new ArgumentException($"Samples of {second.Width} inputs and {second.TaskCount} tasks follow samples of {first.Width} inputs and {first.TaskCount} tasks.");
        }
    }
}
