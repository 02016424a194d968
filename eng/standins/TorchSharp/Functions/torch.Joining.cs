using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        Tensor result = Native.tensor_cat(HandlesOf(tensors), tensors.Count, dim);
        GC.KeepAlive(tensors);
        return result;
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        Tensor[] parts = [.. tensors];
        Tensor result = Native.tensor_stack(HandlesOf(parts), parts.Length, dim);
        GC.KeepAlive(parts);
        return result;
    }

    /// <summary>The native tensors; the caller keeps the managed ones alive.</summary>
    internal static IntPtr[] HandlesOf(IEnumerable<Tensor> tensors) => [.. tensors.Select(tensor => tensor.Handle)];
}
