using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The graphics processors.</summary>
    public static partial class cuda
    {
        public static bool is_available() => TryInitializeDeviceType(DeviceType.CUDA);

        public static int device_count() => Native.cuda_devices();

        public static void manual_seed(long seed) => Native.cuda_seed(seed);

        public static void manual_seed_all(long seed) => Native.cuda_seed(seed);

        public static void synchronize(Device? device = null) => Native.cuda_synchronize(device?.index ?? -1);
    }
}
