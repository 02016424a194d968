using System.Runtime.InteropServices;

namespace FeatureReuse.Training;

/// <summary>
/// glibc's allocator gives the top of its heap back to the system as soon as a backward pass frees it, and each step then pays for fresh pages. While a
/// network trains on the processor the freed memory is kept; afterwards it is given back. Elsewhere this does nothing.
/// </summary>
internal static partial class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int DefaultTrimThreshold = 128 * 1024;

    /// <summary>The largest that glibc takes: setting either threshold ends its own tuning of both, which goes up to here.</summary>
    private const int LargestMapThreshold = 32 * 1024 * 1024;

    private static readonly Lock Gate = new();
    private static readonly bool IsTunable = OperatingSystem.IsLinux()
        && Environment.GetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_") is null && Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_") is null;
    private static int s_runs;

    /// <summary>Keeps freed memory until the result is disposed.</summary>
    public static IDisposable KeepFreedMemory()
    {
        lock (Gate)
        {
            if (s_runs++ == 0)
            {
                Tune(() => mallopt(MapThreshold, LargestMapThreshold) + mallopt(TrimThreshold, int.MaxValue));
            }
        }
        return new Run();
    }

    private sealed class Run : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            lock (Gate)
            {
                if (!_isOver && --s_runs == 0)
                {
                    Tune(() => mallopt(TrimThreshold, DefaultTrimThreshold) + malloc_trim(0));
                }
                _isOver = true;
            }
        }
    }

    /// <summary>Another C library than glibc has no such call, and needs none.</summary>
    private static void Tune(Func<int> call)
    {
        if (IsTunable)
        {
            try
            {
                call();
            }
            catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
            {
            }
        }
    }

    [LibraryImport("libc.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mallopt(int parameter, int value);

    [LibraryImport("libc.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int malloc_trim(nuint pad);
}
