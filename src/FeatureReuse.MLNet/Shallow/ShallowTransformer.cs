namespace FeatureReuse;

/// <summary>A trained shallow network that adds a column computed from a column of features.</summary>
public abstract class ShallowTransformer : ColumnTransformer
{
    private readonly string _onnxInput;
    private readonly string _onnxOutput;

    private protected ShallowTransformer(int seed, string version, string onnxInput, string onnxOutput)
        => (Seed, Version, _onnxInput, _onnxOutput) = (seed, version, onnxInput, onnxOutput);

    /// <summary>Gets the seed of initial weights and batches.</summary>
    public int Seed { get; }

    /// <summary>Gets the version of the library that trained the model.</summary>
    public string Version { get; }

    /// <summary>
    /// Exports the model as ONNX (opset 17) for other runtimes and for ml.Transforms.ApplyOnnxModel. All values are floats: regression
    /// computes "score" [n, 1] from "features" [n, d]; feature learning computes "features" [n, m] from "inputs" [n, d].
    /// </summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void ExportOnnx(string path) => CreateGraph(_onnxInput, _onnxOutput).Save(path);

    private protected abstract OnnxGraph CreateGraph(string input, string output);
}
