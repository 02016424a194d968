using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Shape, type and device.</summary>
    public partial class Tensor
    {
        public string? name { get; set; }

        public long Dimensions => Native.tensor_dim(this);

        public long ndim => Dimensions;

        public long NumberOfElements => Native.tensor_numel(this);

        public long ElementSize => Native.tensor_element_size(this);

        public ScalarType dtype => Native.tensor_type(this);

        public DeviceType device_type => Native.tensor_device_type(this);

        public int device_index => Native.tensor_device_index(this);

        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        public long[] shape => size();

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_leaf => Native.tensor_is_leaf(this);

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long size(int dim)
        {
            Native.tensor_size(this, dim, out long size);
            return size;
        }

        public long[] size()
        {
            long[] sizes = new long[Dimensions];
            Native.tensor_sizes(this, sizes);
            return sizes;
        }

        public long[] stride()
        {
            long[] strides = new long[Dimensions];
            Native.tensor_strides(this, strides);
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? (int)Dimensions + dim : dim];

        public bool is_contiguous() => Native.tensor_is_contiguous(this);

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_integral() => dtype.IsIntegral();

        public bool is_floating_point() => dtype.IsFloatingPoint();
    }
}
