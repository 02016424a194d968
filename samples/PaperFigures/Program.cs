using System.CommandLine;
using FeatureReuse;
using FeatureReuse.Samples;
using PaperFigures;

Dictionary<string, NetworkArchitecture> networks = new[] { NetworkArchitecture.ResNet18, NetworkArchitecture.ViT, NetworkArchitecture.SmallCnn }.ToDictionary(Settings.NameOf);
string[] allSetups = [Settings.SingleTask, Settings.MultiTask, Settings.Finetuning];

var network = new Option<string>("--network") { Description = "resnet18 or vit, as in the paper, or smallcnn for a quick look.", DefaultValueFactory = _ => "resnet18" };
network.AcceptOnlyFromAmong([.. networks.Keys]);
var setups = new Option<string[]>("--setups") { Description = "STL, MTL and PT+FT, separated by commas.", CustomParser = result => Lists.Names(result, allSetups), DefaultValueFactory = _ => allSetups };
var rescaling = new Option<double[]>("--rescaling") { Description = "Factors of PT+FT, separated by commas.", CustomParser = Lists.Factors, DefaultValueFactory = _ => [.125, 1, 2] };
var sizes = new Option<int[]>("--n-train") { Description = "Training images of the main task, separated by commas.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [10, 20, 50, 100, 200, 500, 1000] };
var seeds = new Option<int[]>("--seeds") { Description = "Seeds, as in 0-4 or 1,3.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [0, 1, 2, 3, 4] };
var data = new Option<DirectoryInfo>("--data") { Description = "The folder of CIFAR-100 in its binary layout.", Required = true };
data.AcceptExistingOnly();
var results = new Option<string>("--results") { Description = "The folder of accuracy.csv and signatures.csv; jobs that are in it are not repeated.", Required = true };
var cache = new Option<string?>("--cache") { Description = "The folder of pretrained networks, 45 MB a seed. Default: cache in the folder of results." };
var auxiliary = new Option<int>("--auxiliary") { Description = "Auxiliary images, at most.", DefaultValueFactory = _ => Recipes.AuxiliaryImages };
var pretrainingEpochs = new Option<int>("--pretrain-epochs") { Description = "The most epochs of pretraining, where its loss does not fall below .01 before.", DefaultValueFactory = _ => Recipes.MaximumEpochs };
var maximumEpochs = new Option<int>("--max-epochs") { Description = "The most epochs on the main task, where the loss does not fall below .01 before.", DefaultValueFactory = _ => Recipes.MaximumEpochs };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };
var threads = new Option<int?>("--threads") { Description = "Threads on the processor. Default: OMP_NUM_THREADS, or all." };
var share = new Option<int>("--job") { Description = "Runs only share I of the jobs, from 0.", DefaultValueFactory = _ => 0 };
var shareCount = new Option<int>("--of") { Description = "The number of shares.", DefaultValueFactory = _ => 1 };

var run = new Command("run", "Runs the CIFAR-100 experiments job by job.")
{
    network, setups, rescaling, sizes, seeds, data, results, cache, auxiliary, pretrainingEpochs, maximumEpochs, device, threads, share, shareCount,
};
run.SetRun((parsed, cancellation) =>
{
    int count = InRange("--of", parsed.GetValue(shareCount), 1, 100_000);
    string folder = parsed.GetRequiredValue(results);
    return Experiment.Run(new Settings
    {
        Network = networks[parsed.GetValue(network)!],
        Setups = parsed.GetValue(setups)!,
        Rescalings = [.. parsed.GetValue(rescaling)!.Select(factor => (float)factor)],
        TrainingSizes = parsed.GetValue(sizes)!,
        Seeds = parsed.GetValue(seeds)!,
        Data = parsed.GetRequiredValue(data).FullName,
        Results = folder,
        Cache = parsed.GetValue(cache) ?? Path.Combine(folder, "cache"),
        AuxiliaryImages = InRange("--auxiliary", parsed.GetValue(auxiliary), 98, 1_000_000),
        PretrainingEpochs = InRange("--pretrain-epochs", parsed.GetValue(pretrainingEpochs), 1, 1_000_000),
        MaximumEpochs = InRange("--max-epochs", parsed.GetValue(maximumEpochs), 1, 1_000_000),
        Device = ComputeDevice.Parse(parsed.GetValue(device)!),
        Threads = parsed.GetValue(threads),
        Share = InRange("--job", parsed.GetValue(share), 0, count - 1),
        ShareCount = count,
    }, cancellation);
});

var merge = new Command("merge", "Gathers the files of all shares in accuracy.csv and signatures.csv, each line once.") { results };
merge.SetRun((parsed, _) => Merge.Run(parsed.GetRequiredValue(results)));

var published = new Option<FileInfo>("--published") { Description = "A CSV of the paper's accuracies or signatures.", Required = true };
published.AcceptExistingOnly();
var compare = new Command("compare", "Sets published results beside ours, the furthest first.") { published, results };
compare.SetRun((parsed, _) => Compare.Print(parsed.GetRequiredValue(published).FullName, parsed.GetRequiredValue(results)));

return await Cli.InvokeAsync(new RootCommand("The CIFAR-100 experiments of arXiv 2310.02396.") { run, merge, compare }, args);

static int InRange(string option, int value, int minimum, int maximum)
    => value >= minimum && value <= maximum ? value : throw new ArgumentException(FormattableString.Invariant($"{option} is {value}; it must lie between {minimum} and {maximum}."));
