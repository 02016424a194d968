namespace Microsoft.ML;

/// <summary>The head of a saved model: what it is, and who loads it.</summary>
internal readonly struct VersionInfo
{
    public readonly ulong ModelSignature;
    public readonly string LoaderAssemblyName;
    public readonly string LoaderSignature;

    public VersionInfo(string modelSignature, uint verWrittenCur, uint verReadableCur, uint verWeCanReadBack, string loaderAssemblyName, string loaderSignature, string? loaderSignatureAlt = null)
    {
        if (modelSignature.Length != sizeof(ulong))
        {
            throw new InvalidOperationException("Model signature must be eight characters");
        }
        ModelSignature = modelSignature.Select((letter, i) => (ulong)letter << (8 * i)).Aggregate((first, second) => first | second);
        (LoaderAssemblyName, LoaderSignature) = (loaderAssemblyName, loaderSignature);
    }
}
