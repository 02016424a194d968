using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of a tensor: a number, a slice, a mask, a new axis.</summary>
    public struct TensorIndex
    {
        private IndexKind _kind;
        private long? _start;
        private long? _stop;
        private long? _step;
        private Tensor? _tensor;

        public static TensorIndex Ellipsis = new() { _kind = IndexKind.Ellipsis };
        public static TensorIndex None = new() { _kind = IndexKind.NewAxis };
        public static TensorIndex Null = new() { _kind = IndexKind.NewAxis };
        public static TensorIndex Colon = Slice();

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>There so that an index is chosen over a tensor where both would fit; never called.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null)
            => new() { _kind = IndexKind.Slice, _start = start, _stop = stop, _step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { _kind = IndexKind.Bool, _start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { _kind = IndexKind.Single, _start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { _kind = IndexKind.Tensor, _tensor = tensor };

        internal readonly NativeIndex Encode() => new()
        {
            Kind = _kind,
            Start = _start ?? 0,
            Stop = _stop ?? long.MaxValue,
            Step = _step ?? 1,
            Tensor = _tensor?.Handle ?? IntPtr.Zero,
        };
    }
}
