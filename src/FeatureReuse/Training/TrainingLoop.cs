using TorchSharp.Modules;

namespace FeatureReuse;

/// <summary>The one training loop: pretraining, finetuning and probing differ in data and in what moves.</summary>
/// <param name="target">What is trained.</param>
/// <param name="options">How.</param>
/// <param name="seed">Of data order, validation split and augmentation.</param>
/// <param name="checkpointOf">Makes the checkpoint of the run from its optimiser and its kept copies of the weights; null where none is kept.</param>
internal sealed class TrainingLoop(Trainable target, TrainingOptions options, int seed, Func<WeightUpdate, IReadOnlyDictionary<string, WeightSnapshot>, Checkpoint>? checkpointOf = null)
{
    private const int OrderStream = 1;
    private const int ValidationStream = 2;
    private const int AuxiliaryOrderStream = 3;
    private const int StepsBetweenSnapshots = 50;

    private readonly ImageAugmenter? _augmenter = options.Augmentation is { } changes && target.Network is { } network ? new(changes, network.Normalization, seed) : null;

    /// <summary>Trains in place; see <see cref="StopReason"/> for which weights the target holds afterwards.</summary>
    public TrainingHistory Run(ImageStore images, Head head, AuxiliaryTraining? auxiliary = null)
    {
        (int[] trainingRows, int[] validationRows) = ValidationSplit.Create(
            images.Labels, images.ClassNames.Count, options.ValidationFraction, new SeededRandom(seed, ValidationStream));
        using Tensor? classWeights = ClassWeightsOf(images, trainingRows);
        using var main = new TaskPass(images, head, new BatchOrder(trainingRows, options.BatchSize, new SeededRandom(seed, OrderStream)), weight: 1, classWeights);
        using TaskPass? other = auxiliary is null ? null
            : new(auxiliary.Images, auxiliary.Head, new BatchOrder([.. Enumerable.Range(0, auxiliary.Images.Count)], options.BatchSize, new SeededRandom(seed, AuxiliaryOrderStream)), auxiliary.Weight);
        TaskPass[][] steps = StepsOfAnEpoch(main, other, auxiliary?.Mixing);
        using WeightUpdate update = WeightUpdate.Create(options, target.Layers);
        using StartingPoint? start = options.L2SP > 0 ? new(target.Parameters) : null;
        using ReducedPrecision? reduced = options.Precision == Precision.BFloat16 && target.Network is { } network ? new(network) : null;
        using var lastGood = new WeightSnapshot(target.Module);
        using var best = new WeightSnapshot(target.Module);
        using WeightSnapshot? average = options.EmaDecay is null ? null : new(target.Module);
        ValidationPass? watched = validationRows.Length == 0 ? null : new(target, images, head, validationRows);
        lastGood.Take();
        average?.Take();
        Checkpoint? checkpoint = checkpointOf?.Invoke(update, new Dictionary<string, WeightSnapshot> { ["last-good"] = lastGood, ["best"] = best }
            .Concat(average is null ? [] : [new("average", average)]).ToDictionary());
        LoopState state = checkpoint?.Restore() ?? new();
        if (state.Done > 0)
        {
            main.GoTo(state.Main);
            other?.GoTo(state.Other!.Value);
        }

        LoopState Now()
        {
            (state.Main, state.Other) = (main.State, other?.State);
            return state;
        }

        TrainingHistory Stopped(StopReason reason)
        {
            if (reason == StopReason.Canceled)
                checkpoint?.Write(Now());
            if (reason == StopReason.Diverged)
                lastGood.Restore();
            else
                average?.Restore();
            if (state.BestEpoch > 0 && validationRows.Length > 0)
                best.Restore();
            foreach (TrainableLayer layer in target.Layers)
                layer.SetLearning(true);
            return new TrainingHistory(reason, state.Epochs, state.Done, validationRows.Length > 0 ? state.BestEpoch : state.Epochs.Count);
        }

        long totalSteps = options.Sweep?.Steps ?? (long)steps.Length * options.MaximumEpochs;
        while (state.Epoch <= options.MaximumEpochs)
        {
            StartEpoch(state.Epoch);
            if (state.Step == 0)
            {
                main.StartEpoch();
                other?.StartEpoch();
            }
            double rate = options.LearningRate;
            while (state.Step < steps.Length)
            {
                if (options.CancellationToken.IsCancellationRequested)
                    return Stopped(StopReason.Canceled);
                rate = options.Sweep is null ? LearningRateCurve.At(options.Schedule, options.LearningRate, state.Done, totalSteps)
                    : LearningRateCurve.InRangeTest(options.LearningRate, state.Done, totalSteps);
                if (checkpoint is not null)
                {
                    // Networks of one's own may draw as they train; what they draw must not depend on what was drawn before the interruption.
                    manual_seed(unchecked(((long)seed << 32) + state.Done));
                }
                double loss = Step(update, rate, steps[state.Step], state.Done, start, reduced);
                state.Step++;
                state.Done++;
                if (!double.IsFinite(loss))
                    return Stopped(StopReason.Diverged);
                average?.Average(Math.Min(options.EmaDecay!.Value, (1.0 + state.Done) / (10 + state.Done)));
                if (options.Sweep?.Add(rate, loss) == true)
                    return Stopped(StopReason.EpochLimit);
                if (state.Step < steps.Length)
                {
                    checkpoint?.StepEnded(Now());
                    options.Progress?.Report(new(state.Epoch, options.MaximumEpochs, state.Step, steps.Length, loss, null));
                }
            }

            ClassificationMetrics? validation = watched?.Measure(average);
            var metrics = new EpochMetrics(state.Epoch, main.Loss, main.Accuracy, validation?.LogLoss, validation?.Accuracy, rate, other?.Loss, other?.Accuracy) { Validation = validation };
            state.Epochs.Add(metrics);
            options.Progress?.Report(new(state.Epoch, options.MaximumEpochs, steps.Length, steps.Length, metrics.Loss, metrics));
            options.EpochCompleted?.Invoke(metrics);
            if (state.Done - state.DoneAtSnapshot >= StepsBetweenSnapshots)
            {
                lastGood.TakeIfFinite();
                state.DoneAtSnapshot = state.Done;
            }
            if (metrics.ValidationLoss < state.BestLoss)
            {
                (state.BestLoss, state.BestEpoch) = (metrics.ValidationLoss.Value, state.Epoch);
                TakeBest(best, average);
            }
            if (metrics.Loss + (other?.Loss * other?.Weight ?? 0) < options.LossThreshold)
                return Stopped(StopReason.LossThreshold);
            if (validation is not null && state.Epoch - state.BestEpoch >= options.Patience)
                return Stopped(StopReason.EarlyStopping);
            (state.Epoch, state.Step) = (state.Epoch + 1, 0);
            checkpoint?.EpochEnded(Now());
        }
        return Stopped(StopReason.EpochLimit);
    }

    /// <summary>Which tasks each step of an epoch sees.</summary>
    private static TaskPass[][] StepsOfAnEpoch(TaskPass main, TaskPass? other, TaskMixing? mixing) => mixing switch
    {
        null => [.. Enumerable.Repeat<TaskPass[]>([main], main.BatchCount)],
        TaskMixing.MixedBatches => [.. Enumerable.Repeat<TaskPass[]>([main, other!], Math.Max(main.BatchCount, other!.BatchCount))],
        _ => [.. Enumerable.Repeat<TaskPass[]>([main], main.BatchCount), .. Enumerable.Repeat<TaskPass[]>([other!], other!.BatchCount)],
    };

    /// <summary>One step on the weighted sum of the tasks' losses, which it returns.</summary>
    private double Step(WeightUpdate update, double rate, TaskPass[] tasks, long number, StartingPoint? start, ReducedPrecision? reduced)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor Images, Tensor Labels)[] batches = [.. tasks.Select(task => task.Next())];
        try
        {
            reduced?.StartStep();
            AugmentedBatch[] inputs = [.. batches.Select((batch, task) =>
                _augmenter is null ? new AugmentedBatch(batch.Images, 1, null) : _augmenter.Apply(batch.Images.to(target.Device), number, task))];
            Tensor logits = Forward([.. inputs.Select(input => input.Images)], reduced);
            Tensor[] targets = [.. batches.Select(batch => batch.Labels.to(target.Device))];
            Tensor[] outputs = OutputsOf(logits, tasks, targets);
            Tensor[] losses = [.. tasks.Select((task, i) => Objective.Loss(outputs[i], targets[i], task.ClassWeights, options.LabelSmoothing, inputs[i]))];
            double[] values = [.. losses.Select(loss => loss.ReadDouble())];
            double sum = values.Zip(tasks, (value, task) => value * task.Weight).Sum();
            if (!double.IsFinite(sum))
                return sum;
            update.ClearGradients();
            losses.Zip(tasks, (loss, task) => task.Weight == 1 ? loss : loss.Times(task.Weight)).Aggregate((first, second) => first.Plus(second)).backward();
            reduced?.Gradients();
            start?.Pull(options.L2SP);
            if (options.GradientClipNorm is { } norm)
                nn.utils.clip_grad_norm_([.. target.Parameters.Where(HasGradient)], norm);
            update.Step(layer => rate * FactorOf(layer));
            for (int i = 0; i < tasks.Length; i++)
                tasks[i].Count(values[i], outputs[i].argmax(1).eq(targets[i]).sum().ReadInt64(), targets[i].shape[0]);
            return sum;
        }
        finally
        {
            // They were gathered on another thread, whose tensors no scope of this one holds.
            foreach ((Tensor images, Tensor labels) in batches)
            {
                images.Dispose();
                labels.Dispose();
            }
        }
    }

    private static bool HasGradient(Parameter parameter)
    {
        using Tensor? gradient = parameter.grad;
        return gradient is not null;
    }

    /// <summary>Each task's own logits for its own rows.</summary>
    private static Tensor[] OutputsOf(Tensor logits, TaskPass[] tasks, Tensor[] targets)
    {
        if (tasks.Length == 1)
            return [ImageClassifier.Slice(logits, tasks[0].Head)];
        long first = targets[0].shape[0];
        return [ImageClassifier.Slice(logits.narrow(0, 0, first), tasks[0].Head), ImageClassifier.Slice(logits.narrow(0, first, targets[1].shape[0]), tasks[1].Head)];
    }

    /// <summary>The logits; what lies between is left to autograd alone, so that the backward pass can reuse its memory as it goes.</summary>
    private Tensor Forward(Tensor[] batches, ReducedPrecision? reduced)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = (batches.Length == 1 ? batches[0] : cat(batches, 0)).to(target.Device);
        return (reduced is null ? target.Logits(images) : reduced.Logits(images)).MoveToOuterDisposeScope();
    }

    private static void TakeBest(WeightSnapshot best, WeightSnapshot? average)
    {
        if (average is null)
        {
            best.Take();
            return;
        }
        foreach ((string name, Tensor value) in average.Tensors)
            best.Put(name, value);
    }

    private Tensor? ClassWeightsOf(ImageStore images, int[] trainingRows)
    {
        int[] labels = new int[trainingRows.Length];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = images.Labels[trainingRows[i]];
        float[]? weights = options.ClassWeights.For(labels, images.ClassNames.Count);
        if (weights is null)
            return null;
        using Tensor onProcessor = tensor(weights);
        return onProcessor.to(target.Device, true);
    }

    /// <summary>Everything in training mode but the layers that are frozen in this epoch.</summary>
    private void StartEpoch(int epoch)
    {
        target.Module.train();
        int resting = options.GradualUnfreezingEpochs is { } each ? Math.Max(0, target.Layers.Count - 1 - (epoch - 1) / each) : 0;
        for (int i = 0; i < target.Layers.Count; i++)
            target.Layers[i].SetLearning(i >= resting && FactorOf(target.Layers[i]) > 0);
    }

    private double FactorOf(TrainableLayer layer) => options.LayerLearningRateFactors.GetValueOrDefault(layer.Name, 1);
}
