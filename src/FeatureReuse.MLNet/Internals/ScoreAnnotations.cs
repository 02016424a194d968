namespace FeatureReuse;

/// <summary>By what ML.NET's evaluators know score columns, and which of them belong together.</summary>
internal static class ScoreAnnotations
{
    public static void Add(DataViewSchema.Annotations.Builder builder, uint setId, string scoreKind, string valueKind)
    {
        builder.Add(AnnotationKinds.ScoreColumnSetId, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint value) => value = setId);
        builder.Add(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = scoreKind.AsMemory());
        builder.Add(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = valueKind.AsMemory());
    }

    /// <summary>Columns of one model carry the same number, one above those already there.</summary>
    public static uint NextSetId(DataViewSchema input)
    {
        uint largest = 0;
        foreach (DataViewSchema.Column column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId) is { Type: KeyDataViewType key } && key.RawType == typeof(uint))
            {
                uint id = 0;
                column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
                largest = Math.Max(largest, id);
            }
        }
        return largest + 1;
    }
}
