namespace FeatureReuse;

/// <summary>One tensor's line in the header of a safetensors file.</summary>
/// <param name="Type">"F32", "I64" and so on.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind the last.</param>
internal sealed record TensorEntry(string Type, long[] Shape, long Begin, long End)
{
    public long Length => End - Begin;
}
