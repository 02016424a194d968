using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The running moments of a parameter's gradients.</summary>
public abstract class AdamMoments : OptimizerState, IDisposable
{
    public long step;
    public Tensor exp_avg;
    public Tensor exp_avg_sq;
    public Tensor? max_exp_avg_sq;

    private protected AdamMoments(Parameter parameter, AdamOptions options) : base(parameter)
    {
        exp_avg = parameter.zeros_like().DetachFromDisposeScope();
        exp_avg_sq = parameter.zeros_like().DetachFromDisposeScope();
        max_exp_avg_sq = options.amsgrad!.Value ? parameter.zeros_like().DetachFromDisposeScope() : null;
    }

    public void Dispose() => DisposeTensors();

    public override void to(Device device)
    {
        exp_avg = exp_avg.to(device, disposeAfter: true).DetachFromDisposeScope();
        exp_avg_sq = exp_avg_sq.to(device, disposeAfter: true).DetachFromDisposeScope();
        max_exp_avg_sq = max_exp_avg_sq?.to(device, disposeAfter: true).DetachFromDisposeScope();
    }

    public override void LoadStateDict(OptimizerState source)
    {
        AdamMoments moments = (AdamMoments)source;
        DisposeTensors();
        step = moments.step;
        exp_avg = Copy(moments.exp_avg)!;
        exp_avg_sq = Copy(moments.exp_avg_sq)!;
        max_exp_avg_sq = Copy(moments.max_exp_avg_sq);
    }

    internal override void DisposeTensors()
    {
        exp_avg.Dispose();
        exp_avg_sq.Dispose();
        max_exp_avg_sq?.Dispose();
    }

    internal static void Step(AdamOptions options, OptimizerState[] states, IntPtr[] parameters, bool decoupled)
    {
        AdamMoments[] moments = [.. states.Cast<AdamMoments>()];
        long[] steps = [.. moments.Select(moment => moment.step)];
        Native.optim_adam(parameters, HandlesOf(moments.Select(moment => moment.exp_avg)), HandlesOf(moments.Select(moment => moment.exp_avg_sq)),
            [.. moments.Select(moment => moment.max_exp_avg_sq?.Handle ?? IntPtr.Zero)], steps, parameters.Length, options.LearningRate!.Value,
            options.beta1!.Value, options.beta2!.Value, options.eps!.Value, options.weight_decay!.Value, decoupled, options.maximize!.Value);
        for (int i = 0; i < moments.Length; i++)
        {
            moments[i].step = steps[i];
        }
        GC.KeepAlive(states);
    }
}
