using CsvHelper.Configuration.Attributes;
using Papers.Running;

namespace Papers.Finetuning;

/// <summary>One run: a line of the CSV file.</summary>
internal sealed record ResultRow : IResult<ResultRow>
{
    [Name("data")] public string Data { get; init; } = "";
    [Name("network")] public string Network { get; init; } = "";
    [Name("setup")] public string Setup { get; init; } = "";
    [Name("rescaling")] public float Rescaling { get; init; }
    [Name("n_train")] public int TrainingSize { get; init; }
    [Name("seed")] public int Seed { get; init; }
    [Name("auxiliary_images")] public int AuxiliaryImages { get; init; }
    [Name("pretrain_epochs")] public int PretrainingEpochs { get; init; }
    [Name("accuracy")] public double Accuracy { get; init; }
    [Name("log_loss")] public double LogLoss { get; init; }
    [Name("train_loss")] public double TrainingLoss { get; init; }
    [Name("epochs")] public int Epochs { get; init; }
    [Name("seconds")] public double Seconds { get; init; }
    [Name("device")] public string Device { get; init; } = "";
    [Name("threads")] public int Threads { get; init; }
    [Name("version")] public string Version { get; init; } = "";

    /// <summary>Gets further options that differ from the defaults.</summary>
    [Name("options")] public string Options { get; init; } = "";

    /// <summary>Gets whether the factor was chosen, and so is a result.</summary>
    [Ignore] public bool IsChoice => Setup.StartsWith(Settings.ChoicePrefix, StringComparison.Ordinal);

    [Ignore] public string Name => IsChoice || Rescaling == 1 ? Setup : $"{Setup} rescaled by {Rescaling}";

    [Ignore] public ResultRow Job => this with
    {
        Rescaling = IsChoice ? 0 : Rescaling,
        Accuracy = 0,
        LogLoss = 0,
        TrainingLoss = 0,
        Epochs = 0,
        Seconds = 0,
        Device = "",
        Threads = 0,
    };
}
