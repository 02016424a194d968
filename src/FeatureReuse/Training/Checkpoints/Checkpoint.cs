using System.Diagnostics;

namespace FeatureReuse;

/// <summary>
/// The state of a training on disk: a <see cref="ModelFile"/> with the weights, the memory of the optimiser, copies of weights and a <see
/// cref="LoopState"/>.
/// </summary>
internal sealed class Checkpoint
{
    private const string Kind = "checkpoint";
    private const string StateKey = "loop";
    private const string Weights = "weights.";
    private const string Optimizer = "optimizer.";
    private readonly CheckpointFile _file;
    private readonly CheckpointOptions _options;
    private readonly Device _device;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly WeightUpdate _update;
    private readonly IReadOnlyDictionary<string, WeightSnapshot> _copies;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _epochs;

    /// <param name="file">Where to write.</param>
    /// <param name="options">When to write.</param>
    /// <param name="target">The parameters that are trained.</param>
    /// <param name="update">The optimiser, which has taken no step.</param>
    /// <param name="copies">Copies of weights, by name.</param>
    public Checkpoint(CheckpointFile file, CheckpointOptions options, Trainable target, WeightUpdate update,
        IReadOnlyDictionary<string, WeightSnapshot> copies)
        => (_file, _options, _device, _weights, _update, _copies)
            = (file, options, target.Device, target.Module.state_dict(), update, copies);

    /// <summary>Restores weights, optimiser and copies.</summary>
    /// <returns>The state of the interrupted training; null if there is none.</returns>
    /// <exception cref="InvalidOperationException">The file belongs to another run; the message names the differences.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public LoopState? Restore() => File.Exists(_file.Path) ? ModelFile.Load(_file.Path, Read) : null;

    /// <summary>Writes the state if it is due after an epoch.</summary>
    public void EpochEnded(LoopState state)
    {
        if (++_epochs == _options.Epochs || _sinceLast.Elapsed >= _options.Interval)
            Write(state);
    }

    /// <summary>Writes the state if it is due within an epoch.</summary>
    public void StepEnded(LoopState state)
    {
        if (_sinceLast.Elapsed >= _options.Interval)
            Write(state);
    }

    /// <summary>Writes the state; the last one is replaced when the new one is complete.</summary>
    public void Write(LoopState state)
    {
        using DisposeScope scope = NewDisposeScope();
        NamedTensor[] tensors =
        [
            .. _weights.Select(weight => NamedTensor.From(Weights + weight.Key, weight.Value)),
            .. _update.Memory.Select(entry => NamedTensor.From(Optimizer + entry.Name, entry.Value)),
            .. _copies.SelectMany(copy => copy.Value.Tensors.Select(entry => NamedTensor.From($"{copy.Key}.{entry.Key}", entry.Value))),
        ];
        WholeFile.Write(_file.Path, stream => ModelFile.Write(stream, tensors,
            (Kind, JsonSerializer.Serialize(_file.Identity, ModelJson.Format)),
            (StateKey, JsonSerializer.Serialize(state, ModelJson.Format))));
        _sinceLast.Restart();
        _epochs = 0;
    }

    private LoopState Read(ModelFile file)
    {
        CheckpointIdentity saved = ModelJson.Parse<CheckpointIdentity>(file.DescriptionOf(Kind));
        if (_file.Identity.DifferenceFrom(saved) is { } difference)
        {
            throw new InvalidOperationException($"{_file.Path} is the checkpoint of another run: {difference}. "
                + $"Complete that run, delete its folder, or give this run another {nameof(CheckpointOptions.Folder)}.");
        }
        LoopState state = ModelJson.Parse<LoopState>(file.DescriptionOf(StateKey));
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var read = file.Entries.ToDictionary(entry => entry.Key, entry => empty(entry.Value.Shape, dtype: TypeOf(entry.Value.Type)));
        file.ReadInto(name => read[name].bytes);
        foreach ((string name, Tensor weight) in _weights)
            weight.copy_(read[Weights + name]);
        _update.Restore(Under(read, Optimizer), _device);
        foreach ((string name, WeightSnapshot copy) in _copies)
            copy.Take(Under(read, name + "."));
        return state;
    }

    private static Dictionary<string, Tensor> Under(Dictionary<string, Tensor> tensors, string prefix)
        => tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);

    private static ScalarType TypeOf(string type) => type switch
    {
        "F32" => ScalarType.Float32,
        "F64" => ScalarType.Float64,
        "I64" => ScalarType.Int64,
        _ => throw new InvalidDataException($"it has a tensor of type {type}"),
    };
}
