namespace ServePredictions;

/// <summary>Limits requests: the section "Limits" of appsettings.json, or --Limits:BodyBytes on the command line.</summary>
internal sealed class Limits
{
    /// <summary>The largest body, in bytes; larger ones get 413.</summary>
    public long BodyBytes { get; set; } = 5_000_000;

    /// <summary>The largest image, width times height; small files can declare huge ones.</summary>
    public long Pixels { get; set; } = 4096L * 4096;

    /// <summary>The time limit of a request, in seconds; slower ones get 408.</summary>
    public double Seconds { get; set; } = 10;

    /// <summary>The number of requests that run at the same time.</summary>
    public int AtOnce { get; set; } = Environment.ProcessorCount;

    /// <summary>The number of requests that wait; further ones get 503.</summary>
    public int Waiting { get; set; } = 256;
}
