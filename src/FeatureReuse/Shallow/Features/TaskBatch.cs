namespace FeatureReuse;

/// <summary>The samples of a step as tensors, with their hidden units relu(W x), in the scope of the step.</summary>
internal sealed class TaskBatch
{
    private readonly Tensor _inputs;
    private readonly Tensor _hidden;
    private readonly Tensor _labelWeights;
    private readonly int _tasks;

    public TaskBatch(Tensor weights, BinaryTaskSamples samples)
    {
        _inputs = tensor(samples.Inputs, samples.Count, samples.Width);
        _hidden = _inputs.mm(weights.t()).relu();
        _labelWeights = LabelWeightsOf(samples);
        _tasks = samples.TaskCount;
    }

    /// <summary>Computes mean y relu(W x) of each task, [T, m].</summary>
    public Tensor HeadGradient() => _labelWeights.t().mm(_hidden);

    /// <summary>Computes the mean of L_t over the tasks and its gradient in W.</summary>
    public (double Loss, Tensor Gradient) LossAndGradient(Tensor heads)
    {
        // For each sample and hidden unit, the sum over tasks of the label's weight times the head.
        Tensor pull = _labelWeights.mm(heads).DividedBy(_tasks);
        return (-pull.mul(_hidden).sum().ReadDouble(), pull.mul(_hidden.sign()).t().mm(_inputs).neg());
    }

    /// <summary>Divides each label by the number of labels of its task, so that a product with the result is a mean, [count, T].</summary>
    private static Tensor LabelWeightsOf(BinaryTaskSamples samples)
    {
        var counts = new int[samples.TaskCount];
        for (int i = 0; i < samples.Labels.Length; i++)
            counts[i % samples.TaskCount] += samples.Labels[i] == 0 ? 0 : 1;
        float[] weights = [.. samples.Labels.Select((label, i) => label / Math.Max(counts[i % samples.TaskCount], 1))];
        return tensor(weights, samples.Count, samples.TaskCount);
    }
}
