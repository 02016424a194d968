using System.Diagnostics;

namespace FeatureReuse;

/// <summary>Collects warnings about the machine, each once for the process, for ML.NET's log and for .NET's trace listeners.</summary>
internal static class RuntimeWarnings
{
    private static readonly Lock Gate = new();
    private static readonly List<string> Messages = [];
    private static Action<string>? s_listener;

    public static void Add(string message)
    {
        lock (Gate)
        {
            Messages.Add(message);
            s_listener?.Invoke(message);
        }
        Trace.TraceWarning(message);
    }

    /// <summary>Adds a listener, which must not wait for other threads of this library, and returns the warnings so far.</summary>
    public static IReadOnlyList<string> Listen(Action<string> listener)
    {
        lock (Gate)
        {
            s_listener += listener;
            return [.. Messages];
        }
    }
}
