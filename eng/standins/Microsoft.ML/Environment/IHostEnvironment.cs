namespace Microsoft.ML.Runtime;

/// <summary>Marks exceptions with where they came from.</summary>
public interface IExceptionContext
{
    string ContextDescription { get; }

    TException Process<TException>(TException ex) where TException : Exception;
}

/// <summary>Opens channels.</summary>
public interface IChannelProvider : IExceptionContext
{
    IChannel Start(string name);
}

/// <summary>What components are given: channels and hosts.</summary>
public interface IHostEnvironment : IChannelProvider
{
    IHost Register(string name, int? seed = null, bool? verbose = null);
}

/// <summary>What only ML.NET's own components see.</summary>
internal interface IHostEnvironmentInternal : IHostEnvironment
{
    int? Seed { get; }
}

/// <summary>An environment of one component, with random numbers of its own.</summary>
public interface IHost : IHostEnvironment
{
    Random Rand { get; }
}

/// <summary>Messages of one kind.</summary>
public interface IPipe<TMessage> : IExceptionContext, IDisposable
{
    void Send(TMessage msg);
}

/// <summary>Log messages.</summary>
public interface IChannel : IPipe<ChannelMessage>
{
    void Trace(MessageSensitivity sensitivity, string fmt);

    void Trace(MessageSensitivity sensitivity, string fmt, params object[] args);

    void Error(MessageSensitivity sensitivity, string fmt);

    void Error(MessageSensitivity sensitivity, string fmt, params object[] args);

    void Warning(MessageSensitivity sensitivity, string fmt);

    void Warning(MessageSensitivity sensitivity, string fmt, params object[] args);

    void Info(MessageSensitivity sensitivity, string fmt);

    void Info(MessageSensitivity sensitivity, string fmt, params object[] args);
}
