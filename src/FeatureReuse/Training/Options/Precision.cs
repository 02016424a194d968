namespace FeatureReuse;

/// <summary>Specifies the numbers that forward and backward passes compute with.</summary>
public enum Precision
{
    /// <summary>32-bit floats throughout.</summary>
    Float32,

    /// <summary>
    /// 16-bit brain floats, which need half the memory; weights, optimiser, batch and layer normalisation and the loss stay 32-bit. Fast on
    /// GPUs since Ampere and on processors with AVX-512 BF16; slower or not supported elsewhere.
    /// </summary>
    BFloat16,
}
