namespace FeatureReuse;

/// <summary>How one pixel value is held in memory.</summary>
public enum PixelType
{
    /// <summary>One byte a value.</summary>
    Byte,

    /// <summary>A 32-bit float a value.</summary>
    Float32,
}
