using TorchSharp;

namespace FeatureReuse;

/// <summary>The native side: loads libtorch once, and says plainly what is missing when it cannot.</summary>
internal static class TorchRuntime
{
    private static readonly Lazy<Exception?> LoadFailure = new(Load);

    /// <summary>Loads libtorch and, unless OMP_NUM_THREADS says otherwise, lets it use every processor that the process may use.</summary>
    /// <exception cref="InvalidOperationException">libtorch is missing, or of a version that this TorchSharp cannot use.</exception>
    public static void EnsureLoaded()
    {
        if (LoadFailure.Value is { } failure)
        {
            throw new InvalidOperationException(
                "libtorch could not be loaded. Reference TorchSharp-cpu or TorchSharp-cuda-linux of exactly the version of TorchSharp "
                + $"({typeof(torch).Assembly.GetName().Version?.ToString(3)}) in the program that runs. libtorch's loader said: {failure.GetBaseException().Message}",
                failure);
        }
    }

    private static Exception? Load()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            using torch.Tensor probe = torch.zeros(1);
            if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null)
            {
                // libtorch counts the machine's cores, neither more nor fewer in a container or virtual machine.
                torch.set_num_threads(Environment.ProcessorCount);
            }
            return null;
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException or NotSupportedException or InvalidOperationException or FileNotFoundException)
        {
            return failure;
        }
    }
}
