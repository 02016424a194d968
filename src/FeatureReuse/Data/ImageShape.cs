namespace FeatureReuse;

/// <summary>The shape of one image, as planes: channels, then rows, then columns.</summary>
/// <param name="Channels">1 (grey) to 16; 3 for colour.</param>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Width">Columns, in pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The number of values in one image.</summary>
    public int Size => checked(Channels * Height * Width);

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
