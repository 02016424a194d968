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

    /// <exception cref="InvalidOperationException">A value is not a number.</exception>
    /// <exception cref="InvalidDataException">A limit is too small.</exception>
    public static Limits From(IConfiguration configuration)
    {
        Limits limits = configuration.GetSection("Limits").Get<Limits>() ?? new Limits();
        (string Name, double Value, double Least)[] all =
        [
            (nameof(BodyBytes), limits.BodyBytes, 1), (nameof(Pixels), limits.Pixels, 1), (nameof(Seconds), limits.Seconds, .001),
            (nameof(AtOnce), limits.AtOnce, 1), (nameof(Waiting), limits.Waiting, 0),
        ];
        foreach ((string name, double value, double least) in all.Where(limit => !(limit.Value >= limit.Least)))
            throw new InvalidDataException($"Limits:{name} is {value}; it must be at least {least}.");
        return limits;
    }
}
