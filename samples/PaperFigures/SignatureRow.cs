using CsvHelper.Configuration.Attributes;

namespace PaperFigures;

/// <summary>One layer after one finetuning: a line of signatures.csv.</summary>
internal sealed record SignatureRow
{
    [Name("network")]
    public string Network { get; init; } = "";

    [Name("rescaling")]
    public float Rescaling { get; init; }

    [Name("n_train")]
    public int TrainingSize { get; init; }

    [Name("seed")]
    public int Seed { get; init; }

    [Name("layer")]
    public int Layer { get; init; }

    [Name("layer_name")]
    public string LayerName { get; init; } = "";

    [Name("pr_pretrained")]
    public double PretrainedPR { get; init; }

    [Name("pr_finetuned")]
    public double FinetunedPR { get; init; }

    [Name("ensd")]
    public double Ensd { get; init; }

    [Name("overlap")]
    public double Overlap { get; init; }

    [Name("device")]
    public string Device { get; init; } = "";

    [Name("version")]
    public string Version { get; init; } = "";

    /// <summary>What differs from the paper; empty where nothing does.</summary>
    [Name("options")]
    public string Options { get; init; } = "";

    /// <summary>What was measured, without the values.</summary>
    [Ignore]
    public SignatureRow Place => new() { Network = Network, Rescaling = Rescaling, TrainingSize = TrainingSize, Seed = Seed, Layer = Layer, Options = Options };
}
