using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A log message and where it came from.</summary>
public sealed class LoggingEventArgs : EventArgs
{
    internal LoggingEventArgs(string message, ChannelMessageKind kind, string source)
        => (RawMessage, Kind, Source, Message) = (message, kind, source, $"[Source={source}, Kind={kind}] {message}");

    public ChannelMessageKind Kind { get; }

    public string Message { get; }

    public string RawMessage { get; }

    public string Source { get; }
}
