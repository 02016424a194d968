namespace FeatureReuse;

/// <summary>
/// The one training loop. Pretraining, multi-task learning, finetuning and probing differ in their data and in the parameters that move.
/// Owns optimiser, batches and copies of weights.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly Trainable _target;
    private readonly TrainingOptions _options;
    private readonly int _seed;
    private readonly TaskSchedule _tasks;
    private readonly TrainingStep _step;
    private readonly WeightAverage? _average;
    private readonly EarlyStopping? _stopping;
    private readonly Checkpoint? _checkpoint;
    private readonly LoopState _state;
    private readonly long _totalSteps;
    private double _rate;
    private double _loss;

    /// <param name="target">The parameters to train.</param>
    /// <param name="data">The labelled images.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">The seed of data order, validation split and augmentation.</param>
    /// <param name="checkpoint">Where the state of the run is saved; null if it is not.</param>
    /// <exception cref="ArgumentException">No image would be held out for validation, or class weights do not fit the classes.</exception>
    public TrainingLoop(Trainable target, TrainingData data, TrainingOptions options, int seed, CheckpointFile? checkpoint = null)
    {
        (_target, _options, _seed) = (target, options, seed);
        (int[] training, int[] validation) = Split(data.Images, options.EarlyStopping, seed);
        _step = new TrainingStep(target, options, seed);
        try
        {
            _tasks = ScheduleOf(data, training);
            _average = options.Regularization.EmaDecay is { } decay ? new(target.Module, decay) : null;
            _stopping = options.EarlyStopping is { } stopping ? new(target, data, validation, stopping.Patience) : null;
            _checkpoint = checkpoint is null ? null : new(checkpoint, options.Checkpoint!, target, _step.Update, Copies());
            _state = _checkpoint?.Restore() ?? new();
            if (_state.Done > 0)
                _tasks.ContinueFrom(_state);
        }
        catch
        {
            Dispose();
            throw;
        }
        _totalSteps = Math.Min(options.MaximumSteps ?? long.MaxValue, (long)_tasks.StepCount * options.MaximumEpochs);
    }

    /// <summary>Trains in place, until a limit is reached or the loss is low enough.</summary>
    /// <returns>The history; the target then has the best weights, or the last ones without validation.</returns>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public TrainingHistory Run()
    {
        StopReason? reason = null;
        while (reason is null)
            reason = _state.Epoch > _options.MaximumEpochs ? StopReason.EpochLimit : RunEpoch();
        return Finish(reason.Value);
    }

    public void Dispose()
    {
        _tasks?.Dispose();
        _step.Dispose();
        _average?.Dispose();
        _stopping?.Dispose();
    }

    private StopReason? RunEpoch()
    {
        SetLearning(_state.Epoch);
        if (_state.Step == 0)
            _tasks.StartEpoch();
        StopReason? reason = null;
        while (reason is null && _state.Step < _tasks.StepCount)
            reason = RunStep();
        return reason ?? EndEpoch();
    }

    private StopReason? RunStep()
    {
        if (_options.CancellationToken.IsCancellationRequested)
            return StopReason.Canceled;
        _rate = LearningRateCurve.At(_options.Schedule, _options.LearningRate, _state.Done, _totalSteps);
        // Custom networks may draw random numbers as they train, which must not depend on those drawn before an interruption.
        if (_checkpoint is not null)
            manual_seed(unchecked(((long)_seed << 32) + _state.Done));
        _loss = _step.Take(_tasks.TasksOf(_state.Step), _rate, _state.Done);
        _state.Step++;
        _state.Done++;
        if (!double.IsFinite(_loss))
            return StopReason.Diverged;
        _average?.Update(_state.Done);
        if (_state.Step == _tasks.StepCount)
            return null;
        _checkpoint?.StepEnded(Current());
        Report(null);
        return _state.Done == _options.MaximumSteps ? StopReason.EpochLimit : null;
    }

    private StopReason? EndEpoch()
    {
        ClassificationMetrics? validation = _stopping?.Measure(_average);
        EpochMetrics metrics = _tasks.Measure(_state.Epoch, _rate, validation);
        _state.Epochs.Add(metrics);
        Report(metrics);
        if (metrics.ValidationLoss is { } loss)
            _stopping?.Keep(loss, _average, _state);
        if (_tasks.Loss < _options.LossThreshold)
            return StopReason.LossThreshold;
        if (_stopping?.IsExhausted(_state) == true)
            return StopReason.EarlyStopping;
        (_state.Epoch, _state.Step) = (_state.Epoch + 1, 0);
        _checkpoint?.EpochEnded(Current());
        return _state.Done == _options.MaximumSteps ? StopReason.EpochLimit : null;
    }

    private TrainingHistory Finish(StopReason reason)
    {
        var history = new TrainingHistory(reason, _state.Epochs, _state.Done, _stopping is null ? _state.Epochs.Count : _state.BestEpoch);
        switch (reason)
        {
            case StopReason.Canceled:
                _checkpoint?.Write(Current());
                throw new TrainingCanceledException(history, _options.Checkpoint?.Folder, _options.CancellationToken);
            case StopReason.Diverged:
                throw new TrainingDivergedException(history, _options.LearningRate);
        }
        _average?.Weights.Restore();
        if (_state.BestEpoch > 0)
            _stopping?.Best.Restore();
        foreach (TrainableLayer layer in _target.Layers)
            layer.SetLearning(true);
        return history;
    }

    /// <summary>Sets everything to training mode except the layers that are frozen in this epoch.</summary>
    private void SetLearning(int epoch)
    {
        _target.Module.train();
        int frozen = _options.GradualUnfreezingEpochs is { } each ? Math.Max(0, _target.Layers.Count - 1 - (epoch - 1) / each) : 0;
        for (int i = 0; i < _target.Layers.Count; i++)
            _target.Layers[i].SetLearning(i >= frozen && _options.FactorOf(_target.Layers[i].Name) > 0);
    }

    private void Report(EpochMetrics? completed)
        => _options.Progress?.Report(new(_state.Epoch, _options.MaximumEpochs, _state.Step, _tasks.StepCount, _loss, _rate, completed));

    private LoopState Current()
    {
        _tasks.SaveTo(_state);
        return _state;
    }

    /// <summary>Returns the copies of weights that a checkpoint keeps, by name.</summary>
    private Dictionary<string, WeightSnapshot> Copies()
    {
        Dictionary<string, WeightSnapshot> copies = [];
        if (_stopping is not null)
            copies["best"] = _stopping.Best;
        if (_average is not null)
            copies["average"] = _average.Weights;
        return copies;
    }

    private TaskSchedule ScheduleOf(TrainingData data, int[] rows)
    {
        BatchOrder Order(int[] rows, RandomStream stream) => new(rows, _options.BatchSize, new SeededRandom(_seed, stream));
        var main = new TaskPass(data.Images, data.Head, Order(rows, RandomStream.BatchOrder), weight: 1, ClassWeightsOf(data.Images, rows));
        TaskPass? auxiliary = data.Auxiliary is not { } other ? null
            : new(other.Images, other.Head,
                Order([.. Enumerable.Range(0, other.Images.Count)], RandomStream.AuxiliaryBatchOrder), other.Weight);
        return new TaskSchedule(main, auxiliary, data.Auxiliary?.Mixing);
    }

    private Tensor? ClassWeightsOf(ImageStore images, int[] rows)
    {
        int[] labels = images.Labels.ToArray();
        float[]? weights = _options.ClassWeights.For([.. rows.Select(row => labels[row])], images.ClassNames.Count);
        if (weights is null)
            return null;
        using Tensor onProcessor = tensor(weights);
        return onProcessor.to(_target.Device, true);
    }

    private static (int[] Training, int[] Validation) Split(ImageStore images, EarlyStoppingOptions? stopping, int seed)
    {
        if (stopping is null)
            return ([.. Enumerable.Range(0, images.Count)], []);
        double fraction = stopping.ValidationFraction;
        var random = new SeededRandom(seed, RandomStream.ValidationSplit);
        (int[] training, int[] validation) = StratifiedSplit.HoldOut(images, fraction, fewest: 0, random);
        return validation.Length > 0 ? (training, validation)
            : throw new ArgumentException($"{nameof(stopping.ValidationFraction)} is {fraction}; of {images.Count} images in "
                + $"{images.ClassNames.Count} classes it holds out none. Raise it, or leave {nameof(TrainingOptions.EarlyStopping)} out.",
                nameof(stopping.ValidationFraction));
    }
}
