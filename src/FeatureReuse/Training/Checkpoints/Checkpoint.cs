using System.Diagnostics;
using System.Text.Json;

namespace FeatureReuse;

/// <summary>The state of a training run on disk: a <see cref="ModelFile"/> of weights, what the optimiser remembers and kept copies of the weights, with a <see cref="LoopState"/>.</summary>
internal sealed class Checkpoint
{
    private const string Kind = "checkpoint";
    private const string StateKey = "loop";
    private const string Weights = "weights.";
    private const string Optimizer = "optimizer.";

    private readonly string _path;
    private readonly CheckpointIdentity _identity;
    private readonly TrainingOptions _options;
    private readonly Device _device;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly WeightUpdate _update;
    private readonly IReadOnlyDictionary<string, WeightSnapshot> _copies;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _epochs;

    /// <param name="path">The file.</param>
    /// <param name="identity">Of the run.</param>
    /// <param name="options">When to write.</param>
    /// <param name="target">What is trained.</param>
    /// <param name="update">By what; it has taken no step.</param>
    /// <param name="copies">Kept copies of the weights, by name.</param>
    public Checkpoint(string path, CheckpointIdentity identity, TrainingOptions options, Trainable target, WeightUpdate update, IReadOnlyDictionary<string, WeightSnapshot> copies)
        => (_path, _identity, _options, _device, _weights, _update, _copies) = (path, identity, options, target.Device, target.Module.state_dict(), update, copies);

    /// <summary>Puts weights, optimiser and copies where the interrupted run had them.</summary>
    /// <returns>Where it stood; null if there was none.</returns>
    /// <exception cref="InvalidOperationException">The file is of another run; the message says what differs.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public LoopState? Restore() => File.Exists(_path) ? ModelFile.Load(_path, Read) : null;

    /// <summary>Writes the state if it is time to.</summary>
    public void EpochEnded(LoopState state)
    {
        if (++_epochs == _options.CheckpointEpochs || _sinceLast.Elapsed >= _options.CheckpointInterval)
            Write(state);
    }

    /// <summary>Writes the state if it is time to.</summary>
    public void StepEnded(LoopState state)
    {
        if (_sinceLast.Elapsed >= _options.CheckpointInterval)
            Write(state);
    }

    /// <summary>Writes the state, beside the file first.</summary>
    public void Write(LoopState state)
    {
        using DisposeScope scope = NewDisposeScope();
        NamedTensor[] tensors =
        [
            .. _weights.Select(weight => NamedTensor.From(Weights + weight.Key, weight.Value)),
            .. _update.Memory.Select(entry => NamedTensor.From(Optimizer + entry.Name, entry.Value)),
            .. _copies.SelectMany(copy => copy.Value.Tensors.Select(entry => NamedTensor.From($"{copy.Key}.{entry.Key}", entry.Value))),
        ];
        WholeFile.Write(_path, stream => ModelFile.Write(stream, tensors,
            (Kind, JsonSerializer.Serialize(_identity, ClassifierDescription.Format)), (StateKey, JsonSerializer.Serialize(state, ClassifierDescription.Format))));
        _sinceLast.Restart();
        _epochs = 0;
    }

    private LoopState Read(ModelFile file)
    {
        CheckpointIdentity kept = ModelJson.Parse<CheckpointIdentity>(file.DescriptionOf(Kind), ClassifierDescription.Format, _ => { });
        if (_identity.DifferenceFrom(kept) is { } difference)
        {
            throw new InvalidOperationException($"{_path} is the checkpoint of another run: {difference}. Run that one to its end, delete its folder, or give this run another {nameof(TrainingOptions.CheckpointFolder)}.");
        }
        LoopState state = ModelJson.Parse<LoopState>(file.DescriptionOf(StateKey), ClassifierDescription.Format, _ => { });
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var read = file.Entries.ToDictionary(entry => entry.Key, entry => empty(entry.Value.Shape, dtype: TypeOf(entry.Value.Type)));
        file.ReadInto(name => read[name].bytes);
        foreach ((string name, Tensor place) in _weights)
            place.copy_(read[Weights + name]);
        _update.Restore(Under(read, Optimizer), _device);
        foreach ((string copy, WeightSnapshot snapshot) in _copies)
        {
            foreach ((string name, Tensor value) in Under(read, copy + "."))
                snapshot.Put(name, value);
        }
        return state;
    }

    private static Dictionary<string, Tensor> Under(Dictionary<string, Tensor> tensors, string prefix)
        => tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);

    private static ScalarType TypeOf(string type) => type switch
    {
        "F32" => ScalarType.Float32,
        "F64" => ScalarType.Float64,
        "I64" => ScalarType.Int64,
        _ => throw new InvalidDataException($"it has a tensor of type {type}"),
    };
}
