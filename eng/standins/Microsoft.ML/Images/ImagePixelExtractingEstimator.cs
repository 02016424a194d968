using Microsoft.ML.Evaluation;
using Microsoft.ML.Images;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes an <see cref="ImagePixelExtractingTransformer"/>.</summary>
public sealed class ImagePixelExtractingEstimator : OneColumnEstimator<ImagePixelExtractingTransformer>
{
    private readonly PixelExtraction _extraction;

    internal ImagePixelExtractingEstimator(string outputColumnName, string inputColumnName, PixelExtraction extraction)
        : base(new(outputColumnName, inputColumnName, extraction), outputColumnName, inputColumnName)
    {
        Checks.NotEmpty(outputColumnName, "name");
        extraction.Check();
        _extraction = extraction;
    }

    /// <summary>Colours of a pixel.</summary>
    [Flags]
    public enum ColorBits : byte
    {
        Alpha = 1,
        Red = 2,
        Green = 4,
        Blue = 8,
        Rgb = Red | Green | Blue,
        All = Alpha | Red | Green | Blue,
    }

    /// <summary>Orders of the colours.</summary>
    public enum ColorsOrder : byte
    {
        ARGB = 1,
        ARBG = 2,
        ABRG = 3,
        ABGR = 4,
        AGRB = 5,
        AGBR = 6,
    }

    private protected override SchemaShape.Column Promise(string name, SchemaShape.Column input) =>
        new(name, SchemaShape.Column.VectorKind.Vector, _extraction.ItemType, false);
}
