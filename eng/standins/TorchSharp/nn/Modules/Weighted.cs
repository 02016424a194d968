using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A built-in module with a weight and a bias, of which every reading gives another handle, as in TorchSharp 0.102.</summary>
public abstract class Weighted : nn.Module<Tensor, Tensor>
{
    private protected Weighted(string name) : base($"torch::nn::{name}Impl")
    {
    }

    public Parameter? weight
    {
        get => Handle("weight");
        set => Replace("weight", value ?? throw new ArgumentNullException(nameof(value), "weight cannot be set to 'null'"));
    }

    public Parameter? bias
    {
        get => Handle("bias");
        set => Replace("bias", value ?? throw new ArgumentNullException(nameof(value), "bias cannot be set to 'null'"));
    }

    private protected Parameter? Weight => Find("weight");

    private protected Parameter? Bias => Find("bias");

    /// <summary>Registers a new parameter, uninitialised.</summary>
    private protected Parameter Add(string name, long[] shape, Device? device, ScalarType? dtype)
    {
        Parameter parameter = Parameter.InPlaceOf(empty(shape, dtype, device));
        register_parameter(name, parameter);
        return parameter;
    }

    private Parameter? Handle(string name) => Find(name) is { } parameter ? Parameter.OtherHandleTo(parameter) : null;
}
