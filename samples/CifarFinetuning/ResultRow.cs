using CsvHelper.Configuration.Attributes;

namespace CifarFinetuning;

/// <summary>One run: a line of the CSV.</summary>
internal sealed record ResultRow
{
    [Name("data")]
    public string Data { get; init; } = "";

    [Name("network")]
    public string Network { get; init; } = "";

    [Name("setup")]
    public string Setup { get; init; } = "";

    [Name("rescaling")]
    public float Rescaling { get; init; }

    [Name("n_train")]
    public int TrainingSize { get; init; }

    [Name("seed")]
    public int Seed { get; init; }

    [Name("auxiliary_images")]
    public int AuxiliaryImages { get; init; }

    [Name("pretrain_epochs")]
    public int PretrainingEpochs { get; init; }

    [Name("accuracy")]
    public double Accuracy { get; init; }

    [Name("log_loss")]
    public double LogLoss { get; init; }

    [Name("train_loss")]
    public double TrainingLoss { get; init; }

    [Name("epochs")]
    public int Epochs { get; init; }

    [Name("seconds")]
    public double Seconds { get; init; }

    [Name("device")]
    public string Device { get; init; } = "";

    [Name("threads")]
    public int Threads { get; init; }

    [Name("version")]
    public string Version { get; init; } = "";

    /// <summary>Further options that differ from the usual ones.</summary>
    [Name("options")]
    public string Options { get; init; } = "";

    /// <summary>Whether the other row is of a run with the same settings.</summary>
    /// <param name="other">A finished run.</param>
    /// <param name="isChoice">Whether the factor is a result too.</param>
    public bool IsSameRun(ResultRow other, bool isChoice) => Asked(isChoice) == other.Asked(isChoice);

    private ResultRow Asked(bool isChoice)
        => this with { Rescaling = isChoice ? 0 : Rescaling, Accuracy = 0, LogLoss = 0, TrainingLoss = 0, Epochs = 0, Seconds = 0, Device = "", Threads = 0 };
}
