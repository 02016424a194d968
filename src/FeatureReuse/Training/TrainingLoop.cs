using FeatureReuse.Data;
using FeatureReuse.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Training;

/// <summary>The one training loop: pretraining, finetuning and probing differ in data and in what moves.</summary>
internal sealed class TrainingLoop(Trainable target, TrainingOptions options, int seed)
{
    private const int OrderStream = 1;
    private const int ValidationStream = 2;
    private const int AuxiliaryOrderStream = 3;
    private const int ScoringBatchSize = 256;
    private const int StepsBetweenSnapshots = 50;

    /// <summary>Trains in place; see <see cref="StopReason"/> for which weights the target holds afterwards.</summary>
    public TrainingHistory Run(ImageStore images, Head head, AuxiliaryTraining? auxiliary = null)
    {
        using IDisposable? heap = target.Device.type == DeviceType.CPU ? NativeHeap.KeepFreedMemory() : null;
        (int[] trainingRows, int[] validationRows) = ValidationSplit.Of(
            images.Labels, images.ClassNames.Count, options.ValidationFraction, new SeededRandom(seed, ValidationStream));
        using Tensor? classWeights = ClassWeightsOf(images, trainingRows);
        using var main = new TaskPass(images, head, new BatchOrder(trainingRows, options.BatchSize, new SeededRandom(seed, OrderStream)), weight: 1, classWeights);
        using TaskPass? other = auxiliary is null ? null
            : new(auxiliary.Images, auxiliary.Head, new BatchOrder([.. Enumerable.Range(0, auxiliary.Images.Count)], options.BatchSize, new SeededRandom(seed, AuxiliaryOrderStream)), auxiliary.Weight);
        TaskPass[][] steps = StepsOfAnEpoch(main, other, auxiliary?.Mixing);
        using optim.Optimizer optimizer = CreateOptimizer();
        using StartingPoint? start = options.PullToStart > 0 ? new(target.Parameters) : null;
        using var lastGood = new WeightSnapshot(target.Module);
        using var best = new WeightSnapshot(target.Module);
        List<EpochMetrics> epochs = [];
        long done = 0;
        long doneAtSnapshot = 0;
        int bestEpoch = 0;
        double bestLoss = double.PositiveInfinity;
        lastGood.Take();

        TrainingHistory Stopped(StopReason reason)
        {
            if (reason == StopReason.Diverged)
            {
                lastGood.Restore();
            }
            if (bestEpoch > 0 && validationRows.Length > 0)
            {
                best.Restore();
            }
            foreach (TrainableLayer layer in target.Layers)
            {
                layer.SetLearning(true);
            }
            return new TrainingHistory(reason, epochs, done, validationRows.Length > 0 ? bestEpoch : epochs.Count);
        }

        for (int epoch = 1; epoch <= options.MaximumEpochs; epoch++)
        {
            StartEpoch(epoch);
            main.StartEpoch();
            other?.StartEpoch();
            double rate = options.LearningRate;
            for (int step = 1; step <= steps.Length; step++)
            {
                if (options.CancellationToken.IsCancellationRequested)
                {
                    return Stopped(StopReason.Canceled);
                }
                rate = LearningRateCurve.At(options.Schedule, options.LearningRate, done, (long)steps.Length * options.MaximumEpochs);
                SetLearningRate(optimizer, rate);
                double loss = Step(optimizer, steps[step - 1], start);
                done++;
                if (!double.IsFinite(loss))
                {
                    return Stopped(StopReason.Diverged);
                }
                if (step < steps.Length)
                {
                    options.Progress?.Report(new(epoch, options.MaximumEpochs, step, steps.Length, loss, null));
                }
            }

            (double Loss, double Accuracy)? validation = validationRows.Length == 0 ? null : Measure(images, head, validationRows);
            var metrics = new EpochMetrics(epoch, main.Loss, main.Accuracy, validation?.Loss, validation?.Accuracy, rate, other?.Loss, other?.Accuracy);
            epochs.Add(metrics);
            options.Progress?.Report(new(epoch, options.MaximumEpochs, steps.Length, steps.Length, metrics.Loss, metrics));
            if (done - doneAtSnapshot >= StepsBetweenSnapshots)
            {
                lastGood.TakeIfFinite();
                doneAtSnapshot = done;
            }
            if (metrics.ValidationLoss < bestLoss)
            {
                (bestLoss, bestEpoch) = (metrics.ValidationLoss.Value, epoch);
                best.Take();
            }
            if (metrics.Loss + (other?.Loss * other?.Weight ?? 0) < options.LossThreshold)
            {
                return Stopped(StopReason.LossThreshold);
            }
            if (validation is not null && epoch - bestEpoch >= options.Patience)
            {
                return Stopped(StopReason.EarlyStopping);
            }
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
    private double Step(optim.Optimizer optimizer, TaskPass[] tasks, StartingPoint? start)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor Images, Tensor Labels)[] batches = [.. tasks.Select(task => task.Next())];
        try
        {
            Tensor logits = Forward([.. batches.Select(batch => batch.Images)]);
            Tensor[] targets = [.. batches.Select(batch => batch.Labels.to(target.Device))];
            Tensor[] outputs = OutputsOf(logits, tasks, targets);
            Tensor[] losses = [.. tasks.Select((task, i) => nn.functional.cross_entropy(outputs[i], targets[i], task.ClassWeights))];
            double[] values = [.. losses.Select(loss => loss.ToDouble())];
            double sum = values.Zip(tasks, (value, task) => value * task.Weight).Sum();
            if (!double.IsFinite(sum))
            {
                return sum;
            }
            optimizer.zero_grad();
            losses.Zip(tasks, (loss, task) => task.Weight == 1 ? loss : loss.mul(task.Weight)).Aggregate((first, second) => first.add(second)).backward();
            start?.Pull(options.PullToStart);
            optimizer.step();
            for (int i = 0; i < tasks.Length; i++)
            {
                tasks[i].Count(values[i], outputs[i].argmax(1).eq(targets[i]).sum().ToInt64(), targets[i].shape[0]);
            }
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

    /// <summary>Each task's own logits for its own rows.</summary>
    private static Tensor[] OutputsOf(Tensor logits, TaskPass[] tasks, Tensor[] targets)
    {
        if (tasks.Length == 1)
        {
            return [ImageClassifier.Slice(logits, tasks[0].Head)];
        }
        long first = targets[0].shape[0];
        return [ImageClassifier.Slice(logits.narrow(0, 0, first), tasks[0].Head), ImageClassifier.Slice(logits.narrow(0, first, targets[1].shape[0]), tasks[1].Head)];
    }

    /// <summary>The logits; what lies between is left to autograd alone, so that the backward pass can reuse its memory as it goes.</summary>
    private Tensor Forward(Tensor[] batches)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = batches.Length == 1 ? batches[0] : cat(batches, 0);
        return target.Logits(images.to(target.Device)).MoveToOuterDisposeScope();
    }

    private (double Loss, double Accuracy) Measure(ImageStore images, Head head, int[] rows)
    {
        target.Module.eval();
        using IDisposable frozen = no_grad();
        var order = new BatchOrder(rows, ScoringBatchSize, random: null);
        using var reader = new BatchReader(images, order);
        double loss = 0;
        long correct = 0;
        while (reader.Next() is (var batch, var labels))
        {
            using DisposeScope scope = NewDisposeScope();
            using (batch)
            using (labels)
            {
                Tensor targets = labels.to(target.Device);
                Tensor logits = ImageClassifier.Slice(target.Logits(batch.to(target.Device)), head);
                loss += nn.functional.cross_entropy(logits, targets).ToDouble() * labels.shape[0];
                correct += logits.argmax(1).eq(targets).sum().ToInt64();
            }
        }
        return (loss / rows.Length, (double)correct / rows.Length);
    }

    private Tensor? ClassWeightsOf(ImageStore images, int[] trainingRows)
    {
        int[] labels = new int[trainingRows.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = images.Labels[trainingRows[i]];
        }
        float[]? weights = options.ClassWeights.For(labels, images.ClassNames.Count);
        if (weights is null)
        {
            return null;
        }
        using Tensor onProcessor = tensor(weights);
        return onProcessor.to(target.Device, true);
    }

    /// <summary>A group of parameters for each layer, in the order of the layers.</summary>
    private optim.Optimizer CreateOptimizer() => options.Optimizer switch
    {
        Optimizer.Sgd => optim.SGD(target.Layers.Select(layer => new SGD.ParamGroup { Parameters = layer.Parameters }), options.LearningRate, options.Momentum, 0, options.WeightDecay),
        Optimizer.Adam => optim.Adam(target.Layers.Select(layer => new Adam.ParamGroup { Parameters = layer.Parameters }), options.LearningRate, weight_decay: options.WeightDecay),
        Optimizer.AdamW => optim.AdamW(target.Layers.Select(layer => new AdamW.ParamGroup { Parameters = layer.Parameters }), options.LearningRate, weight_decay: options.WeightDecay),
        _ => throw new InvalidOperationException($"Unknown optimiser {options.Optimizer}."),
    };

    private void SetLearningRate(optim.Optimizer optimizer, double rate)
    {
        foreach ((optim.ILearningRateController group, TrainableLayer layer) in optimizer.ParamGroups.Zip(target.Layers))
        {
            group.LearningRate = rate * FactorOf(layer);
        }
    }

    /// <summary>Everything in training mode but the layers that are frozen in this epoch.</summary>
    private void StartEpoch(int epoch)
    {
        target.Module.train();
        int resting = options.EpochsPerUnfreezing is { } each ? Math.Max(0, target.Layers.Count - 1 - (epoch - 1) / each) : 0;
        for (int i = 0; i < target.Layers.Count; i++)
        {
            target.Layers[i].SetLearning(i >= resting && FactorOf(target.Layers[i]) > 0);
        }
    }

    private double FactorOf(TrainableLayer layer) => options.LayerLearningRates.GetValueOrDefault(layer.Name, 1);
}
