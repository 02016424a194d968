namespace FeatureReuse;

/// <summary>Generated images as rows; each is drawn when it is asked for.</summary>
internal static class GeneratedImagesDataView
{
    public static IDataView Create(GeneratedImages images)
    {
        var builder = new DataViewSchema.Builder();
        ImageSchema.AddImage(builder, GeneratedImages.Shape);
        ImageSchema.AddLabel(builder, "Label", images.ClassNames);
        return new IndexedDataView(builder.ToSchema(), images.Count, () => new Rows(images));
    }

    private sealed class Rows(GeneratedImages images) : IIndexedRows
    {
        public Delegate CreateGetter(int column, Func<long> row) => column == 0
            ? (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> image) =>
            {
                VBufferEditor<byte> editor = VBufferEditor.Create(ref image, GeneratedImages.Shape.Size);
                images.Draw(row(), editor.Values);
                image = editor.Commit();
            })
            : (ValueGetter<uint>)((ref uint key) => key = (uint)images.LabelOf(row()) + 1);

        public void Dispose()
        {
        }
    }
}
