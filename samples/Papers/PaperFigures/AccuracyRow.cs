using CsvHelper.Configuration.Attributes;
using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>One run: a line of accuracy.csv.</summary>
internal sealed record AccuracyRow : IResult<AccuracyRow>
{
    [Name("network")] public string Network { get; init; } = "";
    [Name("setup")] public string Setup { get; init; } = "";
    [Name("rescaling")] public float Rescaling { get; init; }
    [Name("n_train")] public int TrainingSize { get; init; }
    [Name("seed")] public int Seed { get; init; }
    [Name("accuracy")] public double Accuracy { get; init; }
    [Name("train_loss")] public double TrainingLoss { get; init; }
    [Name("epochs")] public int Epochs { get; init; }
    [Name("pretrain_epochs")] public int PretrainingEpochs { get; init; }
    [Name("pretrain_loss")] public double? PretrainingLoss { get; init; }
    [Name("seconds")] public double Seconds { get; init; }
    [Name("device")] public string Device { get; init; } = "";
    [Name("version")] public string Version { get; init; } = "";

    /// <summary>Gets the differences from the paper; empty where there are none.</summary>
    [Name("options")] public string Options { get; init; } = "";

    [Ignore] public AccuracyRow Job
        => new() { Network = Network, Setup = Setup, Rescaling = Rescaling, TrainingSize = TrainingSize, Seed = Seed, Options = Options };
}
