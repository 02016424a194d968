namespace FeatureReuse;

/// <summary>One optimisation step: augmentation, forward pass, loss, backward pass, regularisation and the update of the weights.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly Trainable _target;
    private readonly TrainingOptions _options;
    private readonly ImageAugmenter? _augmenter;
    private readonly StartingPoint? _start;
    private readonly ReducedPrecision? _reduced;

    public TrainingStep(Trainable target, TrainingOptions options, int seed)
    {
        (_target, _options) = (target, options);
        Update = WeightUpdate.Create(options, target.Layers);
        if (target.Network is { } network)
        {
            _augmenter = options.Augmentation is { } augmentation ? new(augmentation, network.Normalization, seed) : null;
            _reduced = options.Precision == Precision.BFloat16 ? new(network) : null;
        }
        _start = options.Regularization.L2SP == 0 ? null : Owned.Complete(this, () => new StartingPoint(target.Parameters));
    }

    /// <summary>Gets the optimiser.</summary>
    public WeightUpdate Update { get; }

    /// <summary>
    /// Takes a step, numbered from 0 in the run, on the weighted sum of the tasks' losses, and returns that sum, in nats. If it is not
    /// finite, the weights stay as they are.
    /// </summary>
    public double Take(TaskPass[] tasks, double rate, long number)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor Images, Tensor Labels)[] batches = [.. tasks.Select(task =>
        {
            (Tensor Images, Tensor Labels) batch = task.Next();
            // They were gathered on another thread, whose tensors no scope of this thread holds.
            scope.Attach(new[] { batch.Images, batch.Labels });
            return batch;
        })];
        _reduced?.StartStep();
        AugmentedBatch[] inputs = [.. batches.Select((batch, task) => Augment(batch.Images, number, task))];
        Tensor[] targets = [.. batches.Select(batch => batch.Labels.to(_target.Device))];
        Tensor[] logits = Split(Forward([.. inputs.Select(input => input.Images)]), tasks, targets);
        Tensor[] losses = [.. tasks.Select((task, i) =>
            Objective.Loss(logits[i], targets[i], task.ClassWeights, _options.Regularization.LabelSmoothing, inputs[i]))];
        double[] values = [.. losses.Select(loss => loss.ReadDouble())];
        double sum = values.Zip(tasks, (value, task) => value * task.Weight).Sum();
        if (!double.IsFinite(sum))
            return sum;
        Move(losses.Zip(tasks, (loss, task) => task.Weight == 1 ? loss : loss.Times(task.Weight)).Aggregate((a, b) => a.Plus(b)), rate);
        for (int i = 0; i < tasks.Length; i++)
            tasks[i].Count(values[i], logits[i].argmax(1).eq(targets[i]).sum().ReadInt64(), targets[i].shape[0]);
        return sum;
    }

    public void Dispose()
    {
        Update.Dispose();
        _start?.Dispose();
        _reduced?.Dispose();
    }

    private AugmentedBatch Augment(Tensor images, long number, int task)
        => _augmenter?.Apply(images.to(_target.Device), number, task) ?? new AugmentedBatch(images, 1, null);

    /// <summary>Returns the logits; what lies between is left to autograd alone, so that the backward pass can reuse its memory.</summary>
    private Tensor Forward(Tensor[] batches)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = (batches.Length == 1 ? batches[0] : cat(batches, 0)).to(_target.Device);
        return (_reduced?.Logits(images) ?? _target.Logits(images)).MoveToOuterDisposeScope();
    }

    /// <summary>Returns each task's own logits for its own rows.</summary>
    private static Tensor[] Split(Tensor logits, TaskPass[] tasks, Tensor[] targets)
    {
        if (tasks.Length == 1)
            return [ImageClassifier.Slice(logits, tasks[0].Head)];
        long first = targets[0].shape[0];
        return [ImageClassifier.Slice(logits.narrow(0, 0, first), tasks[0].Head),
            ImageClassifier.Slice(logits.narrow(0, first, targets[1].shape[0]), tasks[1].Head)];
    }

    private void Move(Tensor loss, double rate)
    {
        Update.ClearGradients();
        loss.backward();
        _reduced?.Gradients();
        _start?.Pull(_options.Regularization.L2SP);
        if (_options.Regularization.GradientClipNorm is { } norm)
            nn.utils.clip_grad_norm_([.. _target.Parameters.Where(HasGradient)], norm);
        Update.Step(layer => rate * _options.FactorOf(layer.Name));
    }

    private static bool HasGradient(Parameter parameter)
    {
        using Tensor? gradient = parameter.grad;
        return gradient is not null;
    }
}
