using FeatureReuse;
using FeatureReuse.Samples.Cifar;

namespace CifarFinetuning;

/// <summary>What one call of the program compares.</summary>
internal sealed record Settings
{
    /// <summary>The folder of CIFAR-100, or null for the generated images.</summary>
    public required string? Data { get; init; }

    public required NetworkArchitecture Network { get; init; }

    public required int[] TrainingSizes { get; init; }

    public required int[] Seeds { get; init; }

    public required float[] Rescalings { get; init; }

    public required int AuxiliaryImages { get; init; }

    public required int PretrainingEpochs { get; init; }

    /// <summary>The most epochs on the main task.</summary>
    public required int MaximumEpochs { get; init; }

    public required ComputeDevice Device { get; init; }

    public required string CsvPath { get; init; }

    /// <summary>Whether the factor is also chosen, on the training images.</summary>
    public required bool Choose { get; init; }

    /// <summary>Where the report goes; null for none.</summary>
    public required string? Report { get; init; }

    /// <summary>How the program was called.</summary>
    public required string Command { get; init; }

    /// <summary>The folder of pretrained networks.</summary>
    public string Cache => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(CsvPath))!, "cache");

    /// <summary>The CSV's name of the data.</summary>
    public string DataName => Data is null ? "generated" : "cifar100";

    /// <summary>Differs where the training images do; generated ones depend on the options and the version alone.</summary>
    public string DataFingerprint => Data is null ? DataName : Cifar100Tasks.Fingerprint(Data);

    /// <summary>What the CSV's columns do not say; empty where it is as usual.</summary>
    public string Options => MaximumEpochs == Recipes.UsualEpochs ? "" : FormattableString.Invariant($"max-epochs={MaximumEpochs}");
}
