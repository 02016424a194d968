using FeatureReuse.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Training;

/// <summary>The one training loop: pretraining, finetuning and probing differ in data and in what moves.</summary>
internal sealed class TrainingLoop(Trainable target, TrainingOptions options, int seed)
{
    private const int OrderStream = 1;
    private const int ValidationStream = 2;
    private const int ScoringBatchSize = 256;
    private const int StepsBetweenSnapshots = 50;

    /// <summary>Trains in place; see <see cref="StopReason"/> for which weights the target holds afterwards.</summary>
    public TrainingHistory Run(ImageStore images)
    {
        using IDisposable? heap = target.Device.type == DeviceType.CPU ? NativeHeap.KeepFreedMemory() : null;
        (int[] trainingRows, int[] validationRows) = ValidationSplit.Of(
            images.Labels, images.ClassNames.Count, options.ValidationFraction, new SeededRandom(seed, ValidationStream));
        var order = new BatchOrder(trainingRows, options.BatchSize, new SeededRandom(seed, OrderStream));
        using Tensor? classWeights = ClassWeightsOf(images, trainingRows);
        using optim.Optimizer optimizer = CreateOptimizer();
        using StartingPoint? start = options.PullToStart > 0 ? new(target.Parameters) : null;
        using var lastGood = new WeightSnapshot(target.Module);
        using var best = new WeightSnapshot(target.Module);
        List<EpochMetrics> epochs = [];
        long steps = 0;
        long stepsAtSnapshot = 0;
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
            return new TrainingHistory(reason, epochs, steps, validationRows.Length > 0 ? bestEpoch : epochs.Count);
        }

        for (int epoch = 1; epoch <= options.MaximumEpochs; epoch++)
        {
            order.StartEpoch();
            StartEpoch(epoch);
            double lossSum = 0;
            long correct = 0;
            double rate = options.LearningRate;
            using var reader = new BatchReader(images, order);
            for (int batch = 1; batch <= order.BatchCount; batch++)
            {
                if (options.CancellationToken.IsCancellationRequested)
                {
                    return Stopped(StopReason.Canceled);
                }
                rate = LearningRateCurve.At(options.Schedule, options.LearningRate, steps, (long)order.BatchCount * options.MaximumEpochs);
                SetLearningRate(optimizer, rate);
                (double loss, long hits, long rows) = Step(optimizer, reader, classWeights, start);
                steps++;
                if (!double.IsFinite(loss))
                {
                    return Stopped(StopReason.Diverged);
                }
                lossSum += loss * rows;
                correct += hits;
                if (batch < order.BatchCount)
                {
                    options.Progress?.Report(new(epoch, options.MaximumEpochs, batch, order.BatchCount, loss, null));
                }
            }

            (double Loss, double Accuracy)? validation = validationRows.Length == 0 ? null : Measure(images, validationRows);
            var metrics = new EpochMetrics(epoch, lossSum / order.RowCount, (double)correct / order.RowCount, validation?.Loss, validation?.Accuracy, rate);
            epochs.Add(metrics);
            options.Progress?.Report(new(epoch, options.MaximumEpochs, order.BatchCount, order.BatchCount, metrics.Loss, metrics));
            if (steps - stepsAtSnapshot >= StepsBetweenSnapshots)
            {
                lastGood.TakeIfFinite();
                stepsAtSnapshot = steps;
            }
            if (metrics.ValidationLoss < bestLoss)
            {
                (bestLoss, bestEpoch) = (metrics.ValidationLoss.Value, epoch);
                best.Take();
            }
            if (metrics.Loss < options.LossThreshold)
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

    private (double Loss, long Correct, long Rows) Step(optim.Optimizer optimizer, BatchReader reader, Tensor? classWeights, StartingPoint? start)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor images, Tensor labels) = reader.Next()!.Value;
        using (images)
        using (labels)
        {
            Tensor targets = labels.to(target.Device);
            Tensor logits = Forward(images);
            Tensor loss = nn.functional.cross_entropy(logits, targets, classWeights);
            double value = loss.ToDouble();
            if (!double.IsFinite(value))
            {
                return (value, 0, labels.shape[0]);
            }
            optimizer.zero_grad();
            loss.backward();
            start?.Pull(options.PullToStart);
            optimizer.step();
            return (value, logits.argmax(1).eq(targets).sum().ToInt64(), labels.shape[0]);
        }
    }

    /// <summary>The logits; what lies between is left to autograd alone, so that the backward pass can reuse its memory as it goes.</summary>
    private Tensor Forward(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        return target.Logits(images.to(target.Device)).MoveToOuterDisposeScope();
    }

    private (double Loss, double Accuracy) Measure(ImageStore images, int[] rows)
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
                Tensor logits = target.Logits(batch.to(target.Device));
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
