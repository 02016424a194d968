namespace FeatureReuse;

/// <summary>A trained diagonal linear network: Score = features . beta.</summary>
public sealed class DiagonalLinearTransformer : ShallowRegressionTransformer<DiagonalLinearOptions>
{
    internal const string Kind = "mlnet.diagonal-linear";

    private readonly float[] _coefficients;

    internal DiagonalLinearTransformer(DiagonalNetwork network, SavedModel saved)
        : base(network, saved) => (Network, _coefficients) = (network, network.GetCoefficients());

    /// <summary>Gets beta, one coefficient for each feature, in the order of their names.</summary>
    public IReadOnlyList<float> Coefficients => _coefficients;

    /// <summary>Gets the features with their coefficients, the largest absolute coefficient first.</summary>
    public IReadOnlyList<(string Name, float Coefficient)> RankedFeatures
        => [.. FeatureNames.Zip(_coefficients).OrderByDescending(feature => Math.Abs(feature.Second))];

    internal DiagonalNetwork Network { get; }

    /// <summary>Loads a model that <see cref="ColumnTransformer.Save(string)"/> saved. Runs no code from the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind; the message describes the problem.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static DiagonalLinearTransformer Load(string path) => ModelFile.Load(path, Read);

    internal static DiagonalLinearTransformer Read(ModelFile file)
        => new(ShallowTensors.ReadDiagonal(file), Describe(file.DescriptionOf(Kind)));

    private protected override void Write(Stream stream)
        => ModelFile.Write(stream, ShallowTensors.ToTensors(Network), (Kind, JsonSerializer.Serialize(Saved, ModelJson.Format)));

    private protected override OnnxGraph CreateGraph(string input, string output) => OnnxShallow.GraphOf(Network, input, output);
}
