using FeatureReuse;
using FeatureReuse.Networks;

namespace CifarFinetuning;

/// <summary>What one call of the program compares.</summary>
internal sealed record Settings
{
    /// <summary>The folder of CIFAR-100, or null for the generated images.</summary>
    public required string? Data { get; init; }

    public required Network Network { get; init; }

    public required int[] TrainingSizes { get; init; }

    public required int[] Seeds { get; init; }

    public required float[] Rescalings { get; init; }

    public required int AuxiliaryImages { get; init; }

    public required int PretrainingEpochs { get; init; }

    public required ComputeDevice Device { get; init; }

    public required string CsvPath { get; init; }

    /// <summary>The CSV's name of the data.</summary>
    public string DataName => Data is null ? "generated" : "cifar100";
}
