namespace FeatureReuse;

/// <summary>Loads libtorch, and says what to do where it cannot be loaded.</summary>
/// <remarks>
/// Everything in this library loads libtorch when it needs it. C# programs that reference the package may also use <see cref="torch"/> before anything of
/// this library: the package prepares for that ahead of their Main. Other programs that use torch first call <see cref="EnsureLoaded"/> before it: F# and
/// Visual Basic, notebooks, references to the assembly's file.
/// </remarks>
public static class TorchRuntime
{
    private static readonly Lazy<LibtorchMissingException?> LoadFailure = new(Load);

    /// <summary>
    /// Loads libtorch once for the process and, unless OMP_NUM_THREADS is set or torch was used before, lets it use every processor that the process may use.
    /// </summary>
    /// <exception cref="InvalidOperationException">libtorch is missing, of another version than TorchSharp needs, or not made for this system; the message
    /// says what to do.</exception>
    public static void EnsureLoaded()
    {
        if (LoadFailure.Value is { } failure)
            throw new InvalidOperationException(failure.Message, failure.InnerException);
    }

    private static LibtorchMissingException? Load()
    {
        bool isFirst = !LoadFacts.IsLibtorchLoaded;
        try
        {
            NativeTorch.Load();
            torch.InitializeDeviceType(DeviceType.CPU);
            using torch.Tensor probe = torch.zeros(1);
            if (isFirst && Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null)
            {
                // libtorch counts the machine's cores, neither more nor fewer in a container or virtual machine.
                torch.set_num_threads(Environment.ProcessorCount);
            }
            NativeContext.KeepQuiet();
            return null;
        }
        catch (LibtorchMissingException failure)
        {
            return failure;
        }
        catch (TypeInitializationException failure) when (!isFirst)
        {
            // The native libraries were loaded above; torch had failed before, without them.
            return new LibtorchMissingException(LoadDiagnosis.UsedTooEarly(LoadFacts.Collect([])), failure);
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException or NotSupportedException or InvalidOperationException or FileNotFoundException)
        {
            string error = failure.GetBaseException().Message.Split('\n')[0];
            return new LibtorchMissingException(LoadDiagnosis.Explain(LoadFacts.Collect([error])), failure);
        }
    }
}
