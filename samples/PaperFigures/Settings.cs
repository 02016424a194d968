using System.Globalization;
using FeatureReuse;

namespace PaperFigures;

/// <summary>What one call of the program runs.</summary>
internal sealed record Settings
{
    public const string SingleTask = "STL";
    public const string MultiTask = "MTL";
    public const string Finetuning = "PT+FT";

    public required NetworkArchitecture Network { get; init; }

    /// <summary>As the command line and the CSV files name it.</summary>
    public string NetworkName => NameOf(Network);

    public required string[] Setups { get; init; }

    public required float[] Rescalings { get; init; }

    public required int[] TrainingSizes { get; init; }

    public required int[] Seeds { get; init; }

    /// <summary>The folder of CIFAR-100.</summary>
    public required string Data { get; init; }

    /// <summary>The folder of the CSV files.</summary>
    public required string Results { get; init; }

    /// <summary>The folder of pretrained networks.</summary>
    public required string Cache { get; init; }

    public required int AuxiliaryImages { get; init; }

    public required int PretrainingEpochs { get; init; }

    public required int MaximumEpochs { get; init; }

    public required ComputeDevice Device { get; init; }

    public required int? Threads { get; init; }

    /// <summary>This share's number, from 0.</summary>
    public required int Share { get; init; }

    public required int ShareCount { get; init; }

    public string AccuracyPath => PathOf("accuracy");

    public string SignaturesPath => PathOf("signatures");

    public static string NameOf(NetworkArchitecture network) => network.Name.ToLowerInvariant();

    /// <summary>All jobs, seed by seed, so that those that share a pretraining stand together; multi-task training, which takes by far the longest, comes last.</summary>
    public AccuracyRow[] AllJobs =>
    [
        .. from seed in Seeds
           from setup in Setups.OrderBy(setup => setup == MultiTask)
           from factor in setup == Finetuning ? Rescalings : [1]
           from size in TrainingSizes
           select new AccuracyRow { Network = NetworkName, Setup = setup, Rescaling = factor, TrainingSize = size, Seed = seed, Options = DifferencesFromPaper(setup) },
    ];

    /// <summary>A run of neighbours, so that a share needs few pretrained networks.</summary>
    public AccuracyRow[] Jobs
    {
        get
        {
            AccuracyRow[] all = AllJobs;
            return all[(int)((long)all.Length * Share / ShareCount)..(int)((long)all.Length * (Share + 1) / ShareCount)];
        }
    }

    /// <summary>Each share has files of its own, since shares may run on different machines.</summary>
    private string PathOf(string name) => Path.Combine(Results, ShareCount == 1 ? $"{name}.csv" : string.Create(CultureInfo.InvariantCulture, $"{name}.{Share}-of-{ShareCount}.csv"));

    private string DifferencesFromPaper(string setup)
    {
        List<string> differences = [];
        void Add(bool differs, string name, int value)
        {
            if (differs)
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
        }
        Add(setup != SingleTask && AuxiliaryImages < Recipes.AuxiliaryImages, "auxiliary", AuxiliaryImages);
        Add(setup == Finetuning && PretrainingEpochs < Recipes.MaximumEpochs, "pretrain-epochs", PretrainingEpochs);
        Add(MaximumEpochs < Recipes.MaximumEpochs, "max-epochs", MaximumEpochs);
        return string.Join(';', differences);
    }
}
