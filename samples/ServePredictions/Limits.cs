namespace ServePredictions;

/// <summary>What a request may take; settings "Limits" in appsettings.json or --Limits:BodyBytes on the command line.</summary>
internal sealed class Limits
{
    /// <summary>The largest body, in bytes; larger ones get 413.</summary>
    public long BodyBytes { get; set; } = 5_000_000;

    /// <summary>The largest image, width times height; small files can claim huge ones.</summary>
    public long Pixels { get; set; } = 4096L * 4096;

    /// <summary>The longest a request may take; slower ones get 408.</summary>
    public double Seconds { get; set; } = 10;

    /// <summary>Requests that are worked on at the same time.</summary>
    public int AtOnce { get; set; } = Environment.ProcessorCount;

    /// <summary>Requests that wait for their turn; further ones get 503.</summary>
    public int Waiting { get; set; } = 256;
}
