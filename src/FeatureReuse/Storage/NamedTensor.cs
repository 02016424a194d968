namespace FeatureReuse;

/// <summary>A tensor to be written. In its turn it passes its bytes, row-major and little-endian, to an action.</summary>
internal sealed record NamedTensor(string Name, string Type, IReadOnlyList<long> Shape, Action<NamedTensor.BytesAction> Read)
{
    public delegate void BytesAction(ReadOnlySpan<byte> bytes);

    public static NamedTensor From(string name, ReadOnlyMemory<float> values, params long[] shape)
        => new(name, "F32", shape, action => action(MemoryMarshal.AsBytes(values.Span)));

    public static NamedTensor From(string name, Tensor value) => new(name, TensorEntry.NameOf(value.dtype), value.shape, action =>
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        action(value.detach().cpu().contiguous().bytes);
    });

    /// <summary>Creates the parameters and buffers of a module.</summary>
    public static NamedTensor[] AllOf(nn.Module module) => [.. module.state_dict().Select(pair => From(pair.Key, pair.Value))];
}
