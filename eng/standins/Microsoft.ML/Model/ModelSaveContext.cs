using System.IO.Compression;
using System.Text;

namespace Microsoft.ML;

/// <summary>What a model is written through: a folder of a zip archive, whose main entry is the model's own.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string MainEntry = "Model.key";

    private readonly ZipArchive _archive;
    private readonly string _folder;
    private readonly MemoryStream _main = new();
    private VersionInfo? _version;

    internal ModelSaveContext(ZipArchive archive, string folder)
    {
        (_archive, _folder) = (archive, folder);
        Writer = new BinaryWriter(_main, Encoding.UTF8, leaveOpen: true);
    }

    internal BinaryWriter Writer { get; }

    internal void SetVersionInfo(VersionInfo ver) => _version = ver;

    internal void SaveBinaryStream(string name, Action<BinaryWriter> action)
    {
        using Stream entry = _archive.CreateEntry($"{_folder}/{name}").Open();
        using var writer = new BinaryWriter(entry, Encoding.UTF8, leaveOpen: true);
        action(writer);
    }

    /// <summary>Writes a model into a folder of this one.</summary>
    internal void SaveModel(ICanSaveModel value, string name) => Save(_archive, value, $"{_folder}/{name}");

    internal static void Save(ZipArchive archive, ICanSaveModel value, string folder)
    {
        using var context = new ModelSaveContext(archive, folder);
        value.Save(context);
        context.Done();
    }

    public void Dispose() => Writer.Dispose();

    private void Done()
    {
        VersionInfo version = _version ?? throw new InvalidOperationException("ModelSignature not specified!");
        using Stream entry = _archive.CreateEntry($"{_folder}/{MainEntry}").Open();
        using var header = new BinaryWriter(entry, Encoding.UTF8, leaveOpen: true);
        header.Write(version.ModelSignature);
        header.Write(version.LoaderAssemblyName);
        header.Write(version.LoaderSignature);
        Writer.Flush();
        header.Write((int)_main.Length);
        header.Flush();
        _main.WriteTo(entry);
    }
}
