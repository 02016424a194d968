namespace FeatureReuse;

/// <summary>Loads libtorch, and explains what to do where it cannot be loaded.</summary>
/// <remarks>
/// Everything in this library loads libtorch when it needs it. C# programs that reference the package may also use <see cref="torch"/>
/// first: the package prepares for that before their Main. F# and Visual Basic programs, notebooks, and programs that reference the
/// assembly's file must call <see cref="EnsureLoaded"/> before they use torch.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lazy<InvalidOperationException?> LoadFailure = new(Load);

    internal static string? Failure => LoadFailure.Value?.Message;
    internal static int GpuCount => torch.cuda.is_available() ? torch.cuda.device_count() : 0;

    /// <summary>
    /// Loads libtorch once for the process. Unless OMP_NUM_THREADS is set or torch was used before, lets it use every processor that is
    /// available to the process.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// libtorch is missing, of another version than TorchSharp needs, or not made for this system; the message says what to do.
    /// </exception>
    public static void EnsureLoaded()
    {
        if (LoadFailure.Value is { } failure)
            throw new InvalidOperationException(failure.Message, failure.InnerException);
    }

    private static InvalidOperationException? Load()
    {
        bool isFirst = LoadDiagnosis.MappedLibtorch.Length == 0;
        try
        {
            if (NativeTorch.Load() is { } problem)
                return new(problem);
            torch.InitializeDeviceType(DeviceType.CPU);
            using torch.Tensor probe = torch.zeros(1);
            // By default libtorch counts the machine's cores, which may differ from those of a container or virtual machine.
            if (isFirst && Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null)
                torch.set_num_threads(Environment.ProcessorCount);
            NativeContext.KeepQuiet();
            return null;
        }
        catch (TypeInitializationException failure) when (!isFirst)
        {
            // The native libraries were loaded above; torch had failed before, without them.
            return new(LoadDiagnosis.Collect([]).UsedTooEarly(), failure);
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException or NotSupportedException or InvalidOperationException or FileNotFoundException)
        {
            return new(LoadDiagnosis.Collect([failure.GetBaseException().Message.Split('\n')[0]]).Explain(), failure);
        }
    }
}
