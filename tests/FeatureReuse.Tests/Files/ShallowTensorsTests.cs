namespace FeatureReuse.Tests.Files;

[TestClass]
public sealed class ShallowTensorsTests
{
    [TestMethod]
    public void Too_many_tasks_or_units_in_a_file_are_invalid_data()
    {
        const int Tasks = 1001;
        Refuses(ShallowTensors.ReadDiagonal,
            NamedTensor.From("first.plus", new float[1], 1), NamedTensor.From("first.minus", new float[1], 1),
            NamedTensor.From("readouts.plus", new float[Tasks], Tasks, 1), NamedTensor.From("readouts.minus", new float[Tasks], Tasks, 1));
        Refuses(ShallowTensors.ReadRelu, NamedTensor.From("first.weight", new float[1], 1, 1),
            NamedTensor.From("readouts.weight", new float[Tasks], Tasks, 1));
    }

    private static void Refuses<T>(Func<ModelFile, T> read, params NamedTensor[] tensors)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, tensors);
        stream.Position = 0;
        Failure.Requires<InvalidDataException>("tasks is 1001; it must lie between 1 and 1000", () => ModelFile.Load(stream, "file", read));
    }
}
