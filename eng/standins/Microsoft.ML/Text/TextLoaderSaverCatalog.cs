using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Reads rows from text files.</summary>
public static class TextLoaderSaverCatalog
{
    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog, string path, char separatorChar = '\t', bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false)
        where TInput : class, new()
    {
        if (!File.Exists(path))
        {
            throw new ArgumentOutOfRangeException(nameof(path), $"File or directory does not exist at path: {path}");
        }
        return new EnumerableDataView<TInput>(new TextRows<TInput>(path, separatorChar, hasHeader, allowQuoting, trimWhitespace));
    }
}
