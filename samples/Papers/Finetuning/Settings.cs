using System.Globalization;
using Papers.Running;

namespace Papers.Finetuning;

/// <summary>Holds the options of a comparison.</summary>
internal sealed record Settings : TransferSettings
{
    /// <summary>Begins the setup that chooses the factor.</summary>
    public const string ChoicePrefix = $"{Setups.Finetuning} chosen among ";

    public required string CsvPath { get; init; }

    /// <summary>Gets whether the factor is also chosen, on folds of the training images.</summary>
    public required bool Choose { get; init; }

    /// <summary>Gets the file of the report, or null for none.</summary>
    public required string? Report { get; init; }

    /// <summary>Gets the command line of this run.</summary>
    public required string Command { get; init; }

    /// <summary>Gets the factors in ascending order; 1 is always among them.</summary>
    public float[] Factors => [.. Rescalings.Append(1).Distinct().Order()];

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

    private ResultRow JobOf(string setup, float factor, int size, int seed) => new()
    {
        Data = Data.Name,
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
