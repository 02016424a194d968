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
        Option<string> network = Options.Create("--network", "The architecture.", Networks[0].Name);
        network.AcceptOnlyFromAmong([.. Networks.Select(known => known.Name)]);
        Option<int[]> sizes = Options.TrainingSizes(32, 128);
        Option<int[]> seeds = Options.Seeds(0, 1, 2);
        Option<double[]> rescaling
            = Options.Factors("--rescaling", "Factors of the weights before finetuning, separated by commas.", .5, 2);
        Option<int> auxiliary = Options.Create("--auxiliary", "The most auxiliary images to pretrain on.", 12_000);
        Option<int> pretrainingEpochs = Options.Create("--pretrain-epochs", "Epochs of pretraining.", 8);
        Option<int> maximumEpochs = Options.Create("--max-epochs",
            "The most epochs on the main task; training stops earlier where the loss falls below .01.", Recipes.UsualEpochs);
        Option<string> device = Options.Device();
        Option<string?> csv = Options.Create<string?>("--csv",
            "The file of results; runs that are in it are not repeated. Default: artifacts/demo/DATA.csv.");
        Option<bool> choose = Options.Create<bool>("--choose", "Also chooses the factor, on folds of the training images.");
        Option<string?> report = Options.Create<string?>("--report",
            "An HTML file for a report of all results, with details of the first seed at the largest size.");

        const string Purpose = "Compares training from scratch, linear probing, and finetuning with and without weight rescaling.";
        var command = new Command("finetuning", Purpose)
        {
            data, network, sizes, seeds, rescaling, auxiliary, pretrainingEpochs, maximumEpochs, device, csv, choose, report,
        };
        command.SetRun((parsed, cancellation) =>
        {
            string? folder = parsed.GetValue(data);
            if (parsed.GetValue(report) is { } page)
                TransferReport.RequireWritable(page);
            new Comparison(new Settings
            {
                Data = folder,
                Network = Networks.Single(known => known.Name == parsed.GetValue(network)),
                TrainingSizes = parsed.GetValue(sizes)!,
                Seeds = parsed.GetValue(seeds)!,
                Rescalings = [.. parsed.GetValue(rescaling)!.Select(factor => (float)factor)],
                AuxiliaryImages = parsed.GetValue(auxiliary),
                PretrainingEpochs = parsed.GetValue(pretrainingEpochs),
                MaximumEpochs = parsed.GetValue(maximumEpochs),
                Device = ComputeDevice.Parse(parsed.GetValue(device)!),
                CsvPath = parsed.GetValue(csv) ?? Path.Combine("artifacts", "demo", folder is null ? "generated.csv" : "cifar100.csv"),
                Choose = parsed.GetValue(choose),
                Report = parsed.GetValue(report),
                Command = $"dotnet run -c Release --project samples/Papers -- {string.Join(' ', parsed.Tokens)}",
            }, cancellation).Run();
        });
        return command;
    }
}
