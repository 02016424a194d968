using System.Globalization;
using Papers.Running;

namespace Papers.Finetuning;

/// <summary>Holds the options of a comparison.</summary>
internal sealed record Settings
{
    /// <summary>Begins the setup that chooses the factor.</summary>
    public const string ChoicePrefix = $"{Setups.Finetuning} chosen among ";

    /// <summary>Gets the folder of CIFAR-100, or null for generated images.</summary>
    public required string? Data { get; init; }

    public required NetworkArchitecture Network { get; init; }
    public required int[] TrainingSizes { get; init; }
    public required int[] Seeds { get; init; }
    public required float[] Rescalings { get; init; }
    public required int AuxiliaryImages { get; init; }
    public required int PretrainingEpochs { get; init; }

    /// <summary>Gets the epoch limit on the main task.</summary>
    public required int MaximumEpochs { get; init; }

    public required ComputeDevice Device { get; init; }
    public required string CsvPath { get; init; }

    /// <summary>Gets whether the factor is also chosen, on folds of the training images.</summary>
    public required bool Choose { get; init; }

    /// <summary>Gets the file of the report, or null for none.</summary>
    public required string? Report { get; init; }

    /// <summary>Gets the command line of this run.</summary>
    public required string Command { get; init; }

    /// <summary>Gets the factors in ascending order; 1 is always among them.</summary>
    public float[] Factors => [.. Rescalings.Append(1).Distinct().Order()];

    /// <summary>Gets the folder of pretrained networks.</summary>
    public string Cache => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(CsvPath))!, "cache");

    /// <summary>Gets the name of the data in the CSV file.</summary>
    public string DataName => Data is null ? "generated" : "cifar100";

    /// <summary>Gets all runs, seed by seed.</summary>
    public ResultRow[] Jobs =>
    [
        .. from seed in Seeds
           from setup in SetupsAndFactors
           from size in TrainingSizes
           select JobOf(setup.Name, setup.Factor, size, seed),
    ];

    private IEnumerable<(string Name, float Factor)> SetupsAndFactors =>
    [
        (Setups.SingleTask, 1), (Setups.LinearProbe, 1), (Setups.Finetuning, 1),
        .. Factors.Where(factor => factor != 1).Select(factor => (Setups.Finetuning, factor)),
        .. Choose ? [(ChoiceName, 0)] : Array.Empty<(string, float)>(),
    ];

    private string ChoiceName => ChoicePrefix + string.Join(' ', Factors.Select(factor => factor.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Gets the run that the report describes: it chooses the factor, at the largest size of the first seed.</summary>
    public ResultRow ReportedJob => JobOf(ChoiceName, 0, TrainingSizes.Max(), Seeds[0]);

    public TransferTasks LoadTasks(Microsoft.ML.MLContext ml, int seed) => Data is { } folder
        ? TransferTasks.LoadCifar100(ml, folder, AuxiliaryImages, seed)
        : TransferTasks.Generate(ml, AuxiliaryImages, TrainingSizes.Max(), seed);

    private ResultRow JobOf(string setup, float factor, int size, int seed) => new()
    {
        Data = DataName,
        Network = Network.Name,
        Setup = setup,
        Rescaling = factor,
        TrainingSize = size,
        Seed = seed,
        AuxiliaryImages = AuxiliaryImages,
        PretrainingEpochs = PretrainingEpochs,
        Version = LibraryVersion.Current,
        Options = MaximumEpochs == Recipes.UsualEpochs ? "" : $"max-epochs={MaximumEpochs}",
    };
}
