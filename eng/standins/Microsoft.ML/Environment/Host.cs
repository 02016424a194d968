namespace Microsoft.ML.Runtime;

/// <summary>The environment of one component.</summary>
internal sealed class Host(MLContext context, string name, int? seed) : IHost, IHostEnvironmentInternal
{
    public Random Rand { get; } = seed is { } given ? new Random(given) : new Random();

    public int? Seed => seed;

    public string ContextDescription => name;

    public TException Process<TException>(TException ex) where TException : Exception => ex;

    public IHost Register(string component, int? ownSeed = null, bool? verbose = null) => new Host(context, $"{name}; {component}", ownSeed ?? seed);

    public IChannel Start(string channel) => new Channel(context, $"{name}; {channel}");
}
