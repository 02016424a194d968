using System.IO.Compression;
using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>How a class that loads models is called.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);

/// <summary>What a model is read from.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _folder;

    private ModelLoadContext(ZipArchive archive, string folder, BinaryReader reader) => (_archive, _folder, Reader) = (archive, folder, reader);

    public BinaryReader Reader { get; }

    /// <summary>Reads the entry into a temporary file first, so that it can seek, as ML.NET does.</summary>
    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        if (_archive.GetEntry($"{_folder}/{name}") is not { } entry)
        {
            return false;
        }
        using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        using (Stream content = entry.Open())
        {
            content.CopyTo(file);
        }
        file.Position = 0;
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        action(reader);
        return true;
    }

    public ITransformer LoadModel(IHostEnvironment environment, string name) => Load(environment, _archive, $"{_folder}/{name}");

    public static ITransformer Load(IHostEnvironment environment, ZipArchive archive, string folder)
    {
        ZipArchiveEntry entry = archive.GetEntry($"{folder}/{ModelSaveContext.MainEntry}") ?? throw new FormatException("Corrupt model file");
        using Stream stream = entry.Open();
        using var header = new BinaryReader(stream, Encoding.UTF8);
        header.ReadUInt64();
        string assembly = header.ReadString();
        string signature = header.ReadString();
        using var content = new BinaryReader(new MemoryStream(header.ReadBytes(header.ReadInt32())), Encoding.UTF8);
        using var context = new ModelLoadContext(archive, folder, content);
        var catalog = ((MLContext)environment).ComponentCatalog;
        catalog.RegisterAssembly(Assembly.Load(assembly));
        return catalog.Create(signature, environment, context) ?? throw new FormatException($"Couldn't load model: '{folder}'");
    }

    public void Dispose() => Reader.Dispose();
}
