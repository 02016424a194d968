namespace FeatureReuse.Benchmarks;

/// <summary>How a table shows what took some seconds.</summary>
/// <param name="Name">The unit's name.</param>
/// <param name="Of">From seconds to the unit.</param>
internal sealed record Unit(string Name, Func<double, double> Of)
{
    public static Unit Seconds { get; } = new("s", seconds => seconds);

    public static Unit Milliseconds { get; } = new("ms", seconds => seconds * 1e3);

    public static Unit Microseconds { get; } = new("us", seconds => seconds * 1e6);

    /// <param name="name">The unit's name.</param>
    /// <param name="amount">How much is done in the seconds measured.</param>
    public static Unit PerSecond(string name, double amount) => new(name, seconds => amount / seconds);
}
