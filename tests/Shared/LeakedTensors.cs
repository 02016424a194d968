using System.Runtime.CompilerServices;
using TorchSharp;

namespace FeatureReuse;

/// <summary>Counts the tensors that nobody disposed and the garbage collector freed.</summary>
internal static class LeakedTensors
{
    private static long s_count;

    /// <summary>Counts the tensors leaked since the process started, after a garbage collection.</summary>
    public static long Count()
    {
        Collect();
        Observe();
        Collect();
        return Volatile.Read(ref s_count);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>A method of its own, so that nothing on the stack keeps the observer alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Observe() => _ = new Observer();

    /// <summary>TorchSharp counts disposed tensors by thread; on the finalizer's thread these are the leaked ones.</summary>
    private sealed class Observer
    {
        ~Observer()
        {
            LifetimeStatistics tensors = DisposeScopeManager.Statistics.TensorStatistics;
            Volatile.Write(ref s_count, tensors.DisposedInScopeCount + tensors.DisposedOutsideScopeCount);
        }
    }
}
