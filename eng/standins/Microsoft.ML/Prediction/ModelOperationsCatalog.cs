using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Uses models.</summary>
public sealed class ModelOperationsCatalog
{
    private const string SchemaEntry = "Schema";
    private const string ModelFolder = "TransformerChain";

    internal ModelOperationsCatalog(IHostEnvironment environment) => Environment = environment;

    internal IHostEnvironment Environment { get; }

    public void Save(ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        using FileStream stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public void Save(ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        ModelSaveContext.Save(archive, model, ModelFolder);
        if (inputSchema is not null)
        {
            using Stream entry = archive.CreateEntry(SchemaEntry).Open();
            using var writer = new BinaryWriter(entry, Encoding.UTF8);
            SavedSchema.Write(writer, inputSchema);
        }
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        inputSchema = null!;
        if (archive.GetEntry(SchemaEntry) is { } entry)
        {
            using Stream content = entry.Open();
            using var reader = new BinaryReader(content, Encoding.UTF8);
            inputSchema = SavedSchema.Read(reader);
        }
        return ModelLoadContext.Load(Environment, archive, ModelFolder);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true)
        where TSrc : class where TDst : class, new() => new(transformer, new PredictionEngineOptions { IgnoreMissingColumns = ignoreMissingColumns });

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class where TDst : class, new() => new(transformer, options);
}
