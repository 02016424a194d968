namespace FeatureReuse;

/// <summary>CIFAR as rows: the image, then its labels, the finest first. Each value is read from the file when it is asked for.</summary>
internal static class CifarDataView
{
    public static IDataView Create(CifarFiles files)
    {
        var builder = new DataViewSchema.Builder();
        ImageSchema.AddImage(builder, CifarFiles.Shape);
        foreach (CifarLabel label in files.Labels.Reverse())
            ImageSchema.AddLabel(builder, label.Name, label.Classes);
        return new IndexedDataView(builder.ToSchema(), files.Count, () => new Rows(files));
    }

    private sealed class Rows(CifarFiles files) : IIndexedRows
    {
        private readonly CifarRecords _records = files.Open();

        public Delegate CreateGetter(int column, Func<long> row)
        {
            if (column == 0)
            {
                return (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> image) =>
                {
                    VBufferEditor<byte> editor = VBufferEditor.Create(ref image, CifarFiles.Shape.Size);
                    _records.ReadImage(row(), editor.Values);
                    image = editor.Commit();
                });
            }
            int label = files.Labels.Count - column;
            return (ValueGetter<uint>)((ref uint key) => key = (uint)_records.ReadLabel(row(), label) + 1);
        }

        public void Dispose() => _records.Dispose();
    }
}
