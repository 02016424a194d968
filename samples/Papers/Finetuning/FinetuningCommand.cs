using System.CommandLine;
using Papers.Running;

namespace Papers.Finetuning;

/// <summary>Creates the command "finetuning".</summary>
internal static class FinetuningCommand
{
    private static readonly NetworkArchitecture[] Networks
        = [NetworkArchitecture.SmallCnn, NetworkArchitecture.ResNet18, NetworkArchitecture.ResNet18CifarStem];

    public static Command Create()
    {
        Option<string?> data
            = Options.Create<string?>("--data", "The folder of CIFAR-100 in its binary layout. Default: generated images.");
        var shared = new TransferOptions(Networks.ToDictionary(network => network.Name), "The architecture.", sizes: [32, 128],
            seeds: [0, 1, 2], factors: [.5f, 2], auxiliaryImages: 12_000, pretrainingEpochs: 8, maximumEpochs: Recipes.UsualEpochs);
        Option<string?> csv = Options.Create<string?>("--csv",
            "The file of results; runs that are in it are not repeated. Default: artifacts/demo/DATA.csv.");
        Option<bool> choose = Options.Create<bool>("--choose", "Also chooses the factor, on folds of the training images.");
        Option<string?> report = Options.Create<string?>("--report",
            "An HTML file for a report of all results, with details of the first seed at the largest size.");

        const string Purpose = "Compares training from scratch, linear probing, and finetuning with and without weight rescaling.";
        var command = new Command("finetuning", Purpose)
        {
            data, shared.Network, shared.TrainingSizes, shared.Seeds, shared.Rescalings, shared.AuxiliaryImages, shared.PretrainingEpochs,
            shared.MaximumEpochs, shared.Device, csv, choose, report,
        };
        command.SetRun((parsed, cancellation) =>
        {
            if (parsed.GetValue(report) is { } page)
                TransferReport.RequireWritable(page);
            ITaskSource source = parsed.GetValue(data) is { } folder ? new Cifar100Tasks(folder)
                : new GeneratedTasks(parsed.GetValue(shared.TrainingSizes)!.Max());
            string file = Path.GetFullPath(parsed.GetValue(csv) ?? Path.Combine("artifacts", "demo", $"{source.Name}.csv"));
            new Comparison(shared.Read(parsed, new Settings
            {
                Data = source,
                CsvPath = file,
                Cache = Path.Combine(Path.GetDirectoryName(file)!, "cache"),
                Choose = parsed.GetValue(choose),
                Report = parsed.GetValue(report),
                Command = $"dotnet run -c Release --project samples/Papers -- {string.Join(' ', parsed.Tokens)}",
            }), cancellation).Run();
        });
        return command;
    }
}
