using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all optimisers share: groups, and a state for each parameter.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly List<(ParamGroup Group, OptimizerState[] States)> _groups = [];

    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups.Select(entry => entry.Group);

    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(entry => entry.States).Select(state => state.Parameter);

    /// <summary>Fills the gradients that exist with zeros.</summary>
    public override void zero_grad()
    {
        Parameter[] all = [.. parameters()];
        Native.zero_grads(HandlesOf(all), all.Length);
        GC.KeepAlive(all);
    }

    /// <summary>Moves every parameter that has a gradient; the closure's loss, if there is a closure.</summary>
    public override Tensor step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable recording = enable_grad();
            loss = closure();
        }
        foreach ((ParamGroup group, OptimizerState[] states) in _groups)
        {
            Step(group, states, [.. states.Select(state => state.Parameter.Handle)]);
        }
        return loss!;
    }

    public virtual void add_param_group(ParamGroup param_group)
    {
        OptimizerOptions options = Complete(param_group.Options);
        options.InitialLearningRate = options.LearningRate!.Value;
        param_group.Options = options;
        _groups.Add((param_group, [.. param_group.Parameters.Select(parameter => NewState(parameter, options))]));
    }

    public virtual StateDictionary state_dict()
    {
        StateDictionary dictionary = new();
        foreach ((ParamGroup group, OptimizerState[] states) in _groups)
        {
            dictionary.Options.Add(group.Options!);
            dictionary.State.AddRange(states);
        }
        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        }
        if (state_dict.State.Count != own.State.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
        }
        foreach ((OptimizerOptions target, OptimizerOptions source) in own.Options.Zip(state_dict.Options).Where(pair => pair.First != pair.Second))
        {
            target.LoadStateDict(source);
        }
        foreach ((OptimizerState target, OptimizerState source) in own.State.Zip(state_dict.State).Where(pair => pair.First != pair.Second))
        {
            target.LoadStateDict(source);
        }
    }

    public void to(Device device)
    {
        foreach (OptimizerState state in _groups.SelectMany(entry => entry.States))
        {
            state.to(device);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (OptimizerState state in _groups.SelectMany(entry => entry.States))
            {
                state.DisposeTensors();
            }
        }
        base.Dispose(disposing);
    }

    /// <summary>The options of a group with the optimiser's own where the group leaves them open.</summary>
    private protected abstract OptimizerOptions Complete(OptimizerOptions? given);

    private protected abstract OptimizerState NewState(Parameter parameter, OptimizerOptions options);

    private protected abstract void Step(ParamGroup group, OptimizerState[] states, IntPtr[] parameters);

    private protected static void Require(bool fulfilled, string message)
    {
        if (!fulfilled)
        {
            throw new ArgumentException(message);
        }
    }
}
