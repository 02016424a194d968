namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a division does with the part after the point.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }
}
