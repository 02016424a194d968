using System.CommandLine;
using CifarFinetuning;
using FeatureReuse;
using FeatureReuse.Samples;

NetworkArchitecture[] networks = [NetworkArchitecture.SmallCnn, NetworkArchitecture.ResNet18, NetworkArchitecture.ResNet18CifarStem];

var data = new Option<string?>("--data") { Description = "The folder of CIFAR-100 in its binary layout. Default: generated images." };
var network = new Option<string>("--network") { Description = "SmallCnn, ResNet18 or ResNet18CifarStem.", DefaultValueFactory = _ => NetworkArchitecture.SmallCnn.Name };
network.AcceptOnlyFromAmong([.. networks.Select(known => known.Name)]);
var sizes = new Option<int[]>("--n-train") { Description = "Sizes of the main task, separated by commas.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [32, 128] };
var seeds = new Option<int[]>("--seeds") { Description = "Seeds, as in 0-2 or 1,5.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [0, 1, 2] };
var rescaling = new Option<double[]>("--rescaling") { Description = "Factors of the weights before finetuning, separated by commas.", CustomParser = Lists.Factors, DefaultValueFactory = _ => [.5, 2] };
var auxiliary = new Option<int>("--auxiliary") { Description = "Auxiliary images to pretrain on, at most.", DefaultValueFactory = _ => 12_000 };
var epochs = new Option<int>("--pretrain-epochs") { Description = "Epochs of pretraining.", DefaultValueFactory = _ => 8 };
var maximumEpochs = new Option<int>("--max-epochs") { Description = "The most epochs on the main task, where the loss does not fall below .01 before.", DefaultValueFactory = _ => Recipes.UsualEpochs };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };
var csv = new Option<string?>("--csv") { Description = "Where results go; runs that are in it already are not repeated. Default: artifacts/demo/DATA.csv." };
var choose = new Option<bool>("--choose") { Description = "Also chooses the factor, on folds of the training images." };
var report = new Option<string?>("--report") { Description = "An HTML file for a report: all results, and the details of the first seed at the largest size." };

var root = new RootCommand("Compares single-task training, linear probing and finetuning with and without weight rescaling.")
{
    data, network, sizes, seeds, rescaling, auxiliary, epochs, maximumEpochs, device, csv, choose, report,
};
root.SetRun((parsed, cancellation) =>
{
    string? folder = parsed.GetValue(data);
    if (parsed.GetValue(report) is { } page)
        TransferReport.RequireWritable(page);
    var settings = new Settings
    {
        Data = folder,
        Network = networks.Single(known => known.Name == parsed.GetValue(network)),
        TrainingSizes = parsed.GetValue(sizes)!,
        Seeds = parsed.GetValue(seeds)!,
        Rescalings = [.. parsed.GetValue(rescaling)!.Select(factor => (float)factor)],
        AuxiliaryImages = parsed.GetValue(auxiliary),
        PretrainingEpochs = parsed.GetValue(epochs),
        MaximumEpochs = parsed.GetValue(maximumEpochs),
        Device = ComputeDevice.Parse(parsed.GetValue(device)!),
        CsvPath = parsed.GetValue(csv) ?? Path.Combine("artifacts", "demo", folder is null ? "generated.csv" : "cifar100.csv"),
        Choose = parsed.GetValue(choose),
        Report = parsed.GetValue(report),
        Command = $"dotnet run -c Release --project samples/CifarFinetuning -- {string.Join(' ', args)}",
    };
    return Comparison.Run(settings, cancellation);
});
return await Cli.InvokeAsync(root, args);
