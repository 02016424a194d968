using CsvHelper.Configuration.Attributes;
using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>One layer after one finetuning: a line of signatures.csv.</summary>
internal sealed record SignatureRow : IResult<SignatureRow>
{
    [Name("network")] public string Network { get; init; } = "";
    [Name("rescaling")] public float Rescaling { get; init; }
    [Name("n_train")] public int TrainingSize { get; init; }
    [Name("seed")] public int Seed { get; init; }
    [Name("layer")] public int Layer { get; init; }
    [Name("layer_name")] public string LayerName { get; init; } = "";
    [Name("pr_pretrained")] public double PretrainedPR { get; init; }
    [Name("pr_finetuned")] public double FinetunedPR { get; init; }
    [Name("ensd")] public double Ensd { get; init; }
    [Name("overlap")] public double Overlap { get; init; }
    [Name("device")] public string Device { get; init; } = "";
    [Name("version")] public string Version { get; init; } = "";

    /// <summary>Gets the differences from the paper; empty where there are none.</summary>
    [Name("options")] public string Options { get; init; } = "";

    [Ignore] public SignatureRow Job
        => new() { Network = Network, Rescaling = Rescaling, TrainingSize = TrainingSize, Seed = Seed, Layer = Layer, Options = Options };
}
