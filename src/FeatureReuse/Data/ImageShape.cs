namespace FeatureReuse;

/// <summary>Describes the shape of an image: channels, then rows, then columns.</summary>
/// <param name="Channels">The number of channels: 1 (grey) to 16; 3 for colour.</param>
/// <param name="Height">The number of rows, in pixels.</param>
/// <param name="Width">The number of columns, in pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Gets the number of values of an image.</summary>
    public int Size => checked(Channels * Height * Width);

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
