using System.Runtime.CompilerServices;
using TorchSharp;

namespace FeatureReuse;

/// <summary>Counts the tensors that nobody disposed and the garbage collector freed.</summary>
internal static class FinalizedTensors
{
    private static long s_count;

    /// <summary>The number since the process began, after a collection.</summary>
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

    /// <summary>Apart, so that nothing on the stack keeps the observer alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Observe() => _ = new Observer();

    /// <summary>TorchSharp counts by thread what is disposed; on the finaliser's thread that is what was left to it.</summary>
    private sealed class Observer
    {
        ~Observer()
        {
            LifetimeStatistics tensors = DisposeScopeManager.Statistics.TensorStatistics;
            Volatile.Write(ref s_count, tensors.DisposedInScopeCount + tensors.DisposedOutsideScopeCount);
        }
    }
}
