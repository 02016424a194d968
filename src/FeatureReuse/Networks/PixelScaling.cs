namespace FeatureReuse;

/// <summary>
/// Applies the input normalization on a device; its factors broadcast over [n, channels, height, width]. A class of its own, because
/// tensors in a module's fields become its buffers.
/// </summary>
internal sealed class PixelScaling : IDisposable
{
    private readonly Tensor _scale;
    private readonly Tensor _shift;

    public PixelScaling((float[] Scales, float[] Shifts) factors, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = [1, factors.Scales.Length, 1, 1];
        _scale = tensor(factors.Scales, shape).to(device).DetachFromDisposeScope();
        _shift = tensor(factors.Shifts, shape).to(device).DetachFromDisposeScope();
    }

    /// <summary>Normalizes pixels. In bfloat16 bytes would lose their last bit, so that they are scaled in 32 bits.</summary>
    public Tensor Apply(Tensor images, ScalarType type)
    {
        ScalarType precise = type == ScalarType.BFloat16 ? ScalarType.Float32 : type;
        return images.to_type(precise).mul(_scale).PlusInPlace(_shift).to_type(type);
    }

    public void Dispose()
    {
        _scale.Dispose();
        _shift.Dispose();
    }
}
