using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>The diagonal linear network: x (w+ v+ - w- v-).</summary>
internal sealed class PlainDiagonal : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _firstPlus;
    private readonly Parameter _firstMinus;
    private readonly Parameter _readoutPlus;
    private readonly Parameter _readoutMinus;

    public PlainDiagonal(int width) : base(nameof(PlainDiagonal))
    {
        Parameter Start() => new(full(width, 1, 1e-3f));
        (_firstPlus, _firstMinus, _readoutPlus, _readoutMinus) = (Start(), Start(), Start(), Start());
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => input.matmul(_firstPlus * _readoutPlus - _firstMinus * _readoutMinus);
}
