namespace FeatureReuse;

/// <summary>Specifies how a pixel value is stored in memory.</summary>
public enum PixelType
{
    /// <summary>One byte per value.</summary>
    Byte,

    /// <summary>A 32-bit float per value.</summary>
    Float32,
}
