namespace FeatureReuse;

/// <summary>Columns of labelled images.</summary>
internal static class ImageSchema
{
    public static void AddImage(DataViewSchema.Builder builder, ImageShape shape)
        => builder.AddColumn("Image", new VectorDataViewType(NumberDataViewType.Byte, shape.Channels, shape.Height, shape.Width));

    /// <summary>A key whose values are the names of the classes.</summary>
    public static void AddLabel(DataViewSchema.Builder builder, string name, IReadOnlyList<string> classes)
    {
        var values = new VBuffer<ReadOnlyMemory<char>>(classes.Count, [.. classes.Select(text => text.AsMemory())]);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationKinds.KeyValues, new VectorDataViewType(TextDataViewType.Instance, classes.Count),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => values.CopyTo(ref destination));
        builder.AddColumn(name, new KeyDataViewType(typeof(uint), classes.Count), annotations.ToAnnotations());
    }
}
