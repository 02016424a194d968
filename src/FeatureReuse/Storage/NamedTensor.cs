using System.Runtime.InteropServices;

namespace FeatureReuse;

/// <summary>A tensor to be written, and its bytes when it is its turn.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">"F32", "I64" and so on.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Read">Hands the bytes over, row-major and little-endian.</param>
internal sealed record NamedTensor(string Name, string Type, IReadOnlyList<long> Shape, Action<NamedTensor.BytesAction> Read)
{
    public delegate void BytesAction(ReadOnlySpan<byte> bytes);

    /// <summary>Values in memory.</summary>
    public static NamedTensor From(string name, ReadOnlyMemory<float> values, params long[] shape)
        => new(name, "F32", shape, action => action(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>A tensor on any device.</summary>
    public static NamedTensor From(string name, Tensor value) => new(name, TypeNameOf(value.dtype), value.shape, action =>
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        action(value.detach().cpu().contiguous().bytes);
    });

    /// <summary>The parameters and buffers of a module.</summary>
    public static NamedTensor[] AllOf(nn.Module module) => [.. module.state_dict().Select(pair => From(pair.Key, pair.Value))];

    public static string TypeNameOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => "F32",
        ScalarType.Float64 => "F64",
        ScalarType.Int64 => "I64",
        _ => throw new NotSupportedException($"Tensors of type {type} cannot be saved."),
    };
}
