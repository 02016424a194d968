using System.Diagnostics;

namespace FeatureReuse;

/// <summary>
/// The state of a training run on disk: a <see cref="ModelFile"/> with the weights, the state of the optimiser, copies of weights and a
/// <see cref="LoopState"/>.
/// </summary>
internal sealed class Checkpoint(string path, CheckpointIdentity identity, CheckpointOptions options, nn.Module module, WeightUpdate update,
    params (string Name, WeightSnapshot? Weights)[] copies)
{
    private const string Kind = "checkpoint";
    private const string StateKey = "loop";
    private const string Weights = "weights.";
    private const string Optimizer = "optimizer.";

    private readonly Dictionary<string, Tensor> _weights = module.state_dict();
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _epochs;

    /// <summary>Restores weights, optimiser and copies, and returns the state of the interrupted training; null if there is none.</summary>
    /// <exception cref="InvalidOperationException">The file belongs to another run; the message names the differences.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public LoopState? Restore() => File.Exists(path) ? ModelFile.Load(path, Read) : null;

    /// <summary>Writes the state if it is due, given the epochs that have ended since the last call.</summary>
    public void WriteIfDue(LoopState state, int epochs = 0)
    {
        _epochs += epochs;
        if (_epochs == options.Epochs || _sinceLast.Elapsed >= options.Interval)
            Write(state);
    }

    /// <summary>Writes the state; the last one is replaced when the new one is complete.</summary>
    public void Write(LoopState state)
    {
        using DisposeScope scope = NewDisposeScope();
        NamedTensor[] tensors =
        [
            .. _weights.Select(weight => NamedTensor.From(Weights + weight.Key, weight.Value)),
            .. update.Memory.Select(entry => NamedTensor.From(Optimizer + entry.Name, entry.Value)),
            .. from copy in copies
               from entry in copy.Weights?.Tensors ?? new Dictionary<string, Tensor>()
               select NamedTensor.From($"{copy.Name}.{entry.Key}", entry.Value),
        ];
        WholeFile.Write(path, stream => ModelFile.Write(stream, tensors,
            (Kind, JsonSerializer.Serialize(identity, ModelJson.Format)), (StateKey, JsonSerializer.Serialize(state, ModelJson.Format))));
        _sinceLast.Restart();
        _epochs = 0;
    }

    private LoopState Read(ModelFile file)
    {
        identity.RequireSame(ModelJson.Parse<CheckpointIdentity>(file.DescriptionOf(Kind)), path);
        LoopState state = ModelJson.Parse<LoopState>(file.DescriptionOf(StateKey));
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var read = file.Entries.ToDictionary(entry => entry.Key,
            entry => empty(entry.Value.Shape, dtype: entry.Value.ScalarType));
        file.ReadInto(name => read[name].bytes);
        foreach ((string name, Tensor weight) in _weights)
            weight.copy_(read[Weights + name]);
        update.Restore(Under(Optimizer));
        foreach ((string name, WeightSnapshot? weights) in copies)
            weights?.Take(Under(name + "."));
        return state;

        Dictionary<string, Tensor> Under(string prefix) => read.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
    }
}
