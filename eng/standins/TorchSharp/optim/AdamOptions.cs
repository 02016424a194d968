namespace TorchSharp.Modules;

/// <summary>Options that Adam and AdamW share.</summary>
public abstract class AdamOptions : OptimizerOptions
{
    public double? beta1;
    public double? beta2;
    public double? weight_decay;
    public double? eps;
    public bool? amsgrad;
    public bool? maximize;

    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        AdamOptions options = (AdamOptions)source;
        beta1 = options.beta1;
        beta2 = options.beta2;
        weight_decay = options.weight_decay;
        eps = options.eps;
        amsgrad = options.amsgrad;
        maximize = options.maximize;
    }

    internal static AdamOptions Complete(AdamOptions options, AdamOptions defaults)
    {
        options.LearningRate ??= defaults.LearningRate;
        options.beta1 ??= defaults.beta1;
        options.beta2 ??= defaults.beta2;
        options.weight_decay ??= defaults.weight_decay;
        options.eps ??= defaults.eps;
        options.amsgrad ??= defaults.amsgrad;
        options.maximize ??= defaults.maximize;
        return options;
    }
}
