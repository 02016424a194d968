using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>What tells evaluators which columns are scores, of which kind, and which belong together.</summary>
internal static class ScoreAnnotations
{
    private const string SetId = "ScoreColumnSetId";

    /// <summary>The shape of these annotations.</summary>
    public static SchemaShape.Column[] Shape { get; } =
    [
        new(SetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true),
        new("ScoreColumnKind", SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false),
        new("ScoreValueKind", SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false),
    ];

    public static DataViewSchema.Annotations.Builder Start(uint setId, string scoreKind, string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(SetId, new KeyDataViewType(typeof(uint), int.MaxValue), setId);
        builder.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, scoreKind.AsMemory());
        builder.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, valueKind.AsMemory());
        return builder;
    }

    /// <summary>A number that no score column has yet.</summary>
    public static uint NextSetId(DataViewSchema schema)
    {
        uint next = 1;
        foreach (DataViewSchema.Annotations annotations in schema.Select(column => column.Annotations).Where(annotations => annotations.Schema.GetColumnOrNull(SetId) is not null))
        {
            uint taken = 0;
            annotations.GetValue(SetId, ref taken);
            next = Math.Max(next, taken + 1);
        }
        return next;
    }
}
