using Microsoft.ML.Evaluation;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Images;

/// <summary>Finds the input column of an image transform.</summary>
internal static class ImageInput
{
    public static DataViewSchema.Column Of(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw Checks.NotFound("inputSchema", "input", name);
        return column.Type is ImageDataViewType ? column : throw Checks.Mismatch("inputSchema", "input", name, "image", column.Type.ToString()!);
    }
}
