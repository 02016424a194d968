namespace TorchSharp;

/// <summary>What lies beyond the border.</summary>
public enum PaddingModes
{
    Zeros = 0,
    Reflect = 1,
    Replicate = 2,
    Circular = 3,
    Constant = 4,
}

/// <summary>Padding by what it achieves.</summary>
public enum Padding
{
    Valid = 0,
    Same = 1,
}
