using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The elements in memory.</summary>
    public partial class Tensor
    {
        /// <summary>The elements of a contiguous tensor on the CPU, as they lie in memory.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                long size = NumberOfElements * ElementSize;
                RequireReadable(size);
                return new Span<byte>((void*)DataPointer, (int)size);
            }

            set
            {
                long size = NumberOfElements * ElementSize;
                if (!is_contiguous())
                {
                    throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                }
                if (size != value.Length)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }
                value.CopyTo(new Span<byte>((void*)DataPointer, value.Length));
                GC.KeepAlive(this);
            }
        }

        internal IntPtr DataPointer
        {
            get
            {
                Native.tensor_data(this, out IntPtr data);
                return data;
            }
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>() where T : unmanaged
            => NumberOfElements == 1 ? data<T>()[0] : throw new ArgumentException("Number of elements in the tensor must be 1");

        public Scalar ToScalar()
        {
            Native.tensor_item(this, out NativeNumber number);
            return new Scalar(number);
        }

        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadable(0);
            byte* data = (byte*)DataPointer;
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int count = (int)Math.Min(left, int.MaxValue);
                stream.Write(new ReadOnlySpan<byte>(data, count));
                data += count;
                left -= count;
            }
            GC.KeepAlive(this);
        }

        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            RequireReadable(0);
            byte* data = (byte*)DataPointer;
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int count = (int)Math.Min(left, int.MaxValue);
                stream.ReadExactly(new Span<byte>(data, count));
                data += count;
                left -= count;
            }
            GC.KeepAlive(this);
        }

        internal void ValidateType(Type type)
        {
            if (dtype is ScalarType.BFloat16 or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64)
            {
                throw new ArgumentException($"No support for {dtype} in TorchSharp");
            }
            if (ToScalarType(type) != dtype)
            {
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
            }
        }

        private void RequireReadable(long size)
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            }
            if (size > int.MaxValue)
            {
                throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            }
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            }
        }
    }
}
