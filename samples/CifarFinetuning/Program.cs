using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CifarFinetuning;
using FeatureReuse;
using FeatureReuse.Networks;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // A file or a pipe gets text, without escape codes.
    AnsiConsole.Profile.Capabilities.Ansi = false;
}
Network[] networks = [Network.SmallCnn, Network.ResNet18, Network.ResNet18CifarStem];

var data = new Option<string?>("--data") { Description = "The folder of CIFAR-100 in its binary layout. Default: generated images." };
var network = new Option<string>("--network") { Description = "SmallCnn, ResNet18 or ResNet18CifarStem.", DefaultValueFactory = _ => Network.SmallCnn.Name };
network.AcceptOnlyFromAmong([.. networks.Select(known => known.Name)]);
var sizes = new Option<int[]>("--n-train") { Description = "Sizes of the main task, separated by commas.", CustomParser = Integers, DefaultValueFactory = _ => [32, 128] };
var seeds = new Option<int[]>("--seeds") { Description = "Seeds, as in 0-2 or 1,5.", CustomParser = Integers, DefaultValueFactory = _ => [0, 1, 2] };
var rescaling = new Option<float[]>("--rescaling") { Description = "Factors of the weights before finetuning, separated by commas.", CustomParser = Factors, DefaultValueFactory = _ => [.5f, 2] };
var auxiliary = new Option<int>("--auxiliary") { Description = "Auxiliary images to pretrain on, at most.", DefaultValueFactory = _ => 12_000 };
var epochs = new Option<int>("--pretrain-epochs") { Description = "Epochs of pretraining.", DefaultValueFactory = _ => 8 };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };
var csv = new Option<string?>("--csv") { Description = "Where results go; runs that are in it already are not repeated. Default: artifacts/demo/DATA.csv." };

var root = new RootCommand("Compares single-task training, linear probing and finetuning with and without weight rescaling.")
{
    data, network, sizes, seeds, rescaling, auxiliary, epochs, device, csv,
};
root.SetAction((parsed, cancellation) => Task.Run(() =>
{
    try
    {
        string? folder = parsed.GetValue(data);
        var settings = new Settings
        {
            Data = folder,
            Network = networks.Single(known => known.Name == parsed.GetValue(network)),
            TrainingSizes = parsed.GetValue(sizes)!,
            Seeds = parsed.GetValue(seeds)!,
            Rescalings = parsed.GetValue(rescaling)!,
            AuxiliaryImages = parsed.GetValue(auxiliary),
            PretrainingEpochs = parsed.GetValue(epochs),
            Device = ComputeDevice.Parse(parsed.GetValue(device)!),
            CsvPath = parsed.GetValue(csv) ?? Path.Combine("artifacts", "demo", folder is null ? "generated.csv" : "cifar100.csv"),
        };
        return Comparison.Run(settings, cancellation);
    }
    catch (Exception failure) when (failure is ArgumentException or FormatException or IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
}, CancellationToken.None));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

static int[]? Integers(ArgumentResult result)
{
    List<int> values = [];
    foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
    {
        string[] ends = part.Split('-');
        if (ends.Length is 1 or 2 && int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last)
            && first >= 0 && first <= last && last - first < 1000)
        {
            values.AddRange(Enumerable.Range(first, last - first + 1));
        }
        else
        {
            result.AddError($"'{part}' is neither a number nor a range such as 0-5.");
            return null;
        }
    }
    return [.. values.Distinct()];
}

static float[]? Factors(ArgumentResult result)
{
    List<float> values = [];
    foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
    {
        if (!float.TryParse(part, CultureInfo.InvariantCulture, out float value) || !(value > 0) || !float.IsFinite(value))
        {
            result.AddError($"'{part}' is not a factor; it must be a number above 0.");
            return null;
        }
        values.Add(value);
    }
    return [.. values.Distinct()];
}
