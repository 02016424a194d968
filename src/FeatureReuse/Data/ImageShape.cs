namespace FeatureReuse;

/// <summary>Describes the shape of an image: channels, then rows, then columns.</summary>
/// <param name="Channels">The number of channels: 1 (grey) to 16; 3 for colour.</param>
/// <param name="Height">The number of rows, in pixels.</param>
/// <param name="Width">The number of columns, in pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Gets the number of values of an image.</summary>
    public int Size => checked(Channels * Height * Width);

    internal void Validate(int maximumSide = int.MaxValue)
    {
        Require.InRange(Channels, 1, 16, nameof(Channels));
        Require.InRange(Height, 1, maximumSide, nameof(Height));
        Require.InRange(Width, 1, maximumSide, nameof(Width));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
