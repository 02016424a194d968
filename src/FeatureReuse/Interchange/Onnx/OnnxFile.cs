using FeatureReuse.Persistence;
using Google.Protobuf;

namespace FeatureReuse.Interchange.Onnx;

/// <summary>A graph as a model file.</summary>
internal static class OnnxFile
{
    private const long IrVersion = 8;
    private const long Opset = 17;

    /// <summary>Writes beside the file and renames.</summary>
    public static void Write(string path, OnnxGraph graph)
    {
        ProtoMessage model = new ProtoMessage().Add(1, IrVersion).Add(2, "FeatureReuse").Add(3, LibraryVersion.Current).Add(7, graph.ToProto())
            .Add(8, new ProtoMessage().Add(1, "").Add(2, Opset))
            .AddAll(14, graph.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal), (message, field, entry) => message.Add(field, new ProtoMessage().Add(1, entry.Key).Add(2, entry.Value)));
        WholeFile.Write(path, stream =>
        {
            using var output = new CodedOutputStream(stream, leaveOpen: true);
            model.WriteTo(output);
        });
    }
}
