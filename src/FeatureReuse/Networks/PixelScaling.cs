namespace FeatureReuse;

/// <summary>
/// The factors of the input normalisation on a device, shaped to broadcast over [n, channels, height, width]. A class of its own, since tensors in a module's
/// fields become its buffers.
/// </summary>
internal sealed class PixelScaling : IDisposable
{
    private readonly Tensor _scale;
    private readonly Tensor _shift;

    public PixelScaling(float[] scales, float[] shifts, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = [1, scales.Length, 1, 1];
        _scale = tensor(scales, shape).to(device).DetachFromDisposeScope();
        _shift = tensor(shifts, shape).to(device).DetachFromDisposeScope();
    }

    /// <summary>The pixels as the network reads them. Of bytes brain floats would lose the last bit, so that they are scaled in 32 bits.</summary>
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
