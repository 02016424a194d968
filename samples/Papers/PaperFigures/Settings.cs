using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>Holds the options of the command "run".</summary>
internal sealed record Settings : TransferSettings
{
    public required string[] Setups { get; init; }

    /// <summary>Gets the folder of the CSV files.</summary>
    public required string Results { get; init; }

    public required int? Threads { get; init; }

    /// <summary>Gets the number of this share, from 0.</summary>
    public required int Share { get; init; }

    public required int ShareCount { get; init; }

    public string AccuracyPath => PathOf("accuracy");
    public string SignaturesPath => PathOf("signatures");

    /// <summary>Gets the jobs of this share: neighbours, so that a share needs few pretrained networks.</summary>
    public AccuracyRow[] Jobs
    {
        get
        {
            AccuracyRow[] all = AllJobs;
            return all[(int)((long)all.Length * Share / ShareCount)..(int)((long)all.Length * (Share + 1) / ShareCount)];
        }
    }

    /// <summary>
    /// Gets all jobs, seed by seed, so that those that share a pretrained network are neighbours; multi-task training takes longest and
    /// comes last.
    /// </summary>
    private AccuracyRow[] AllJobs =>
    [
        .. from seed in Seeds
           from setup in Setups.OrderBy(setup => setup == Running.Setups.MultiTask)
           from factor in setup == Running.Setups.Finetuning ? Rescalings : [1]
           from size in TrainingSizes
           select new AccuracyRow
           {
               Network = NameOf(Network),
               Setup = setup,
               Rescaling = factor,
               TrainingSize = size,
               Seed = seed,
               Options = DifferencesFromPaper(setup),
           },
    ];

    /// <summary>Gets the name of a network on the command line and in the CSV files.</summary>
    public static string NameOf(NetworkArchitecture network) => network.Name.ToLowerInvariant();

    /// <summary>Each share has its own files, since shares may run on different machines.</summary>
    private string PathOf(string name) => Path.Combine(Results, ShareCount == 1 ? $"{name}.csv" : $"{name}.{Share}-of-{ShareCount}.csv");

    private string DifferencesFromPaper(string setup)
    {
        List<string> differences = [];
        void Add(bool differs, string name, int value)
        {
            if (differs)
                differences.Add($"{name}={value}");
        }
        Add(setup != Running.Setups.SingleTask && AuxiliaryImages < Recipes.AuxiliaryImages, "auxiliary", AuxiliaryImages);
        Add(setup == Running.Setups.Finetuning && PretrainingEpochs < Recipes.MaximumEpochs, "pretrain-epochs", PretrainingEpochs);
        Add(MaximumEpochs < Recipes.MaximumEpochs, "max-epochs", MaximumEpochs);
        return string.Join(';', differences);
    }
}
