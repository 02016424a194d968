using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What a group of parameters is optimised with.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        LearningRate = source.LearningRate;
        InitialLearningRate = source.InitialLearningRate;
    }
}

/// <summary>What an optimiser remembers of a parameter.</summary>
public abstract class OptimizerState
{
    private protected OptimizerState(Parameter parameter) => Parameter = parameter;

    internal Parameter Parameter { get; }

    public abstract void LoadStateDict(OptimizerState source);

    public virtual void to(Device device)
    {
    }

    internal abstract void DisposeTensors();

    /// <summary>A copy that belongs to no scope, where the parameter is.</summary>
    private protected Tensor? Copy(Tensor? source) => source?.to(Parameter.device, copy: true).DetachFromDisposeScope();
}

/// <summary>Parameters with the same options.</summary>
public class ParamGroup : optim.ILearningRateController
{
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public OptimizerOptions? Options { get; set; }

    public double LearningRate
    {
        get => Options!.LearningRate!.Value;
        set => Options!.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Options!.InitialLearningRate;
        set => Options!.InitialLearningRate = value;
    }
}

/// <summary>Parameters with the same options of one optimiser.</summary>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options;
    }

    public new TOptions Options
    {
        get => (TOptions)base.Options!;
        set => base.Options = value;
    }
}
