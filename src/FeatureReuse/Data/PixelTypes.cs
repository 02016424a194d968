namespace FeatureReuse;

/// <summary>Tells how pixel values are stored in memory and in tensors.</summary>
internal static class PixelTypes
{
    extension(PixelType type)
    {
        public int Size => type == PixelType.Byte ? sizeof(byte) : sizeof(float);
        public ScalarType ScalarType => type == PixelType.Byte ? ScalarType.Byte : ScalarType.Float32;
    }
}
