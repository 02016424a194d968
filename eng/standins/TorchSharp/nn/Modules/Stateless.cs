using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A built-in module without tensors, so that moving it is nothing.</summary>
public abstract class Stateless : nn.Module<Tensor, Tensor>
{
    private protected Stateless(string name) : base(name)
    {
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;
}
