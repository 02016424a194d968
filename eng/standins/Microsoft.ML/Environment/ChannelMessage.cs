using System.Globalization;

namespace Microsoft.ML.Runtime;

/// <summary>How much a message matters.</summary>
public enum ChannelMessageKind
{
    Trace = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
}

/// <summary>What a message may give away.</summary>
[Flags]
public enum MessageSensitivity
{
    None = 0,
    UserData = 0x1,
    Schema = 0x2,
    Unknown = ~None,
    All = Unknown,
}

/// <summary>A log message.</summary>
public readonly struct ChannelMessage
{
    public readonly ChannelMessageKind Kind;
    public readonly MessageSensitivity Sensitivity;

    internal ChannelMessage(ChannelMessageKind kind, MessageSensitivity sensitivity, string format, params object[] args)
    {
        (Kind, Sensitivity) = (kind, sensitivity);
        Message = args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
    }

    public string Message { get; }
}
