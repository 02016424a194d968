namespace FeatureReuse;

/// <summary>
/// The one training loop. Pretraining, multi-task learning, finetuning and probing differ in their tasks and in the parameters that move.
/// Owns optimiser, batches and copies of weights.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly Trainable _target;
    private readonly TrainingOptions _options;
    private readonly int _seed;
    private readonly TaskSchedule _tasks;
    private readonly TrainingStep _step;
    private readonly WeightSnapshot? _average;
    private readonly EarlyStopping? _stopping;
    private readonly Checkpoint? _checkpoint;
    private readonly LoopState _state;
    private double _rate;
    private double _loss;

    /// <summary>Prepares the training of the main task, and of the auxiliary task if there are two; continues from a checkpoint.</summary>
    /// <exception cref="ArgumentException">No image would be held out for validation, or class weights do not fit the classes.</exception>
    public TrainingLoop(Trainable target, TrainingTask[] tasks, TrainingOptions options, int seed,
        (string Path, CheckpointIdentity Identity)? checkpoint)
    {
        (_target, _options, _seed) = (target, options, seed);
        (int[] training, int[] validation) = EarlyStopping.Split(tasks[0].Images, options.EarlyStopping, seed);
        _step = new TrainingStep(target, options, seed);
        TaskPass? main = null;
        try
        {
            _average = options.Regularization.EmaDecay is null ? null : new(target.Module);
            _average?.Take();
            _stopping = options.EarlyStopping is { } stopping ? new(target, tasks[0], validation, stopping.Patience) : null;
            _checkpoint = checkpoint is not var (path, identity) ? null
                : new(path, identity, options.Checkpoint!, target.Module, _step.Update, ("best", _stopping?.Best), ("average", _average));
            _state = _checkpoint?.Restore() ?? new() { Other = tasks.Length == 1 ? null : new() };
            main = new TaskPass(tasks[0], OrderOf(training, RandomStream.BatchOrder), _state.Main, ClassWeightsOf(tasks[0], training));
            TaskPass? auxiliary = tasks.Length == 1 ? null : new(tasks[1],
                OrderOf([.. Enumerable.Range(0, tasks[1].Images.Count)], RandomStream.AuxiliaryBatchOrder), _state.Other!);
            _tasks = new TaskSchedule(main, auxiliary, tasks[^1].Mixing);
        }
        catch
        {
            main?.Dispose();
            Dispose();
            throw;
        }
    }

    /// <summary>Trains in place, until a limit is reached or the loss is low enough.</summary>
    /// <returns>The history; the target then has the best weights, or the last ones without validation.</returns>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss was no longer finite.</exception>
    public TrainingHistory Run()
    {
        StopReason? reason = null;
        while (reason is null)
        {
            bool isDone = _state.Epoch > _options.MaximumEpochs || _state.Done >= _options.MaximumSteps;
            reason = isDone ? StopReason.EpochLimit : RunEpoch();
        }
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
        StopReason? reason = null;
        while (reason is null && _state.Step < _tasks.StepCount)
            reason = RunStep();
        return reason ?? EndEpoch();
    }

    private StopReason? RunStep()
    {
        if (_options.CancellationToken.IsCancellationRequested)
            return StopReason.Canceled;
        if (_state.Step == 0)
            _tasks.StartEpoch();
        long limit = Math.Min(_options.MaximumSteps ?? long.MaxValue, (long)_tasks.StepCount * _options.MaximumEpochs);
        _rate = LearningRateCurve.At(_options.Schedule, _options.LearningRate, _state.Done, limit);
        // They may draw random numbers as they train, which must depend on the seed and not on those drawn before an interruption.
        if (_target.Network is CustomClassifier)
            GlobalGenerator.Seed(unchecked(((long)_seed << 32) + _state.Done));
        _loss = _step.Take(_tasks.TasksOf(_state.Step), _rate, _state.Done);
        _state.Step++;
        _state.Done++;
        if (!double.IsFinite(_loss))
            return StopReason.Diverged;
        // At first the average forgets faster, for the weights that it began with.
        if (_options.Regularization.EmaDecay is { } decay)
            _average!.Average(Math.Min(decay, (1.0 + _state.Done) / (10 + _state.Done)));
        if (_state.Step == _tasks.StepCount)
            return null;
        _checkpoint?.WriteIfDue(_state);
        Report(null);
        return _state.Done == _options.MaximumSteps ? StopReason.EpochLimit : null;
    }

    private StopReason? EndEpoch()
    {
        EpochMetrics metrics = _tasks.Measure(_state.Epoch, _rate, _stopping?.Measure(_average));
        _state.Epochs.Add(metrics);
        Report(metrics);
        if (metrics.ValidationLoss is { } loss)
            _stopping?.Keep(loss, _average, _state);
        if (_tasks.Loss < _options.LossThreshold)
            return StopReason.LossThreshold;
        if (_stopping?.IsExhausted(_state) == true)
            return StopReason.EarlyStopping;
        (_state.Epoch, _state.Step) = (_state.Epoch + 1, 0);
        _checkpoint?.WriteIfDue(_state, epochs: 1);
        return null;
    }

    private TrainingHistory Finish(StopReason reason)
    {
        var history = new TrainingHistory(reason, _state.Epochs, _state.Done, _stopping is null ? _state.Epochs.Count : _state.BestEpoch);
        switch (reason)
        {
            case StopReason.Canceled:
                _checkpoint?.Write(_state);
                throw new TrainingCanceledException(history, _options.Checkpoint?.Folder, _options.CancellationToken);
            case StopReason.Diverged:
                throw new TrainingDivergedException(history, _options.LearningRate);
        }
        _average?.Restore();
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
        foreach ((int index, TrainableLayer layer) in _target.Layers.Index())
            layer.SetLearning(index >= frozen && _options.FactorOf(layer.Name) > 0);
    }

    private void Report(EpochMetrics? completed)
        => _options.Progress?.Report(new(_state.Epoch, _options.MaximumEpochs, _state.Step, _tasks.StepCount, _loss, _rate, completed));

    private BatchOrder OrderOf(int[] rows, RandomStream stream) => new(rows, _options.BatchSize, new SeededRandom(_seed, stream));

    private Tensor? ClassWeightsOf(TrainingTask task, int[] rows)
    {
        float[]? weights = _options.ClassWeights.For([.. rows.Select(row => task.Images.Labels[row])], task.Images.ClassNames.Count);
        if (weights is null)
            return null;
        using Tensor onProcessor = tensor(weights);
        return onProcessor.to(_target.Device, true);
    }
}
