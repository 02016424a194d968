namespace FeatureReuse;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">"F32", "I64" and so on.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Read">Passes the bytes, row-major and little-endian, to an action when it is the tensor's turn.</param>
internal sealed record NamedTensor(string Name, string Type, IReadOnlyList<long> Shape, Action<NamedTensor.BytesAction> Read)
{
    public delegate void BytesAction(ReadOnlySpan<byte> bytes);

    /// <summary>Creates a tensor of values in memory.</summary>
    public static NamedTensor From(string name, ReadOnlyMemory<float> values, params long[] shape)
        => new(name, "F32", shape, action => action(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>Creates a tensor of one on any device.</summary>
    public static NamedTensor From(string name, Tensor value) => new(name, ElementTypes.NameOf(value.dtype), value.shape, action =>
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        action(value.detach().cpu().contiguous().bytes);
    });

    /// <summary>Creates the parameters and buffers of a module.</summary>
    public static NamedTensor[] AllOf(nn.Module module) => [.. module.state_dict().Select(pair => From(pair.Key, pair.Value))];
}
