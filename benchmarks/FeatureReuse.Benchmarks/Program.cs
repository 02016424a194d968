using System.CommandLine;
using FeatureReuse;
using FeatureReuse.Benchmarks;
using FeatureReuse.Benchmarks.Peers;

if (args is [PeerProgram.Command, .. var role])
    return PeerProgram.Run(role);

var data = new Option<DirectoryInfo>("--data") { Description = "The folder with CIFAR-100 in its binary layout.", Required = true };
data.AcceptExistingOnly();
var images = new Option<int>("--images") { Description = "Training images of an epoch.", DefaultValueFactory = _ => 12_800 };
var scored = new Option<int>("--scored") { Description = "Test images scored.", DefaultValueFactory = _ => 10_000 };
var rounds = new Option<int>("--rounds") { Description = "Rounds, of which the median is quoted.", DefaultValueFactory = _ => 5 };
var python = new Option<string>("--python") { Description = "The Python that has PyTorch.", DefaultValueFactory = _ => "/usr/bin/python3" };

string Data(ParseResult parsed) => parsed.GetRequiredValue(data).FullName;

var training = new Command(
    "training",
    "Training ResNet-18: the ML.NET estimator, a plain loop in TorchSharp and one in PyTorch, in float32 and bfloat16.")
{
    data, images, rounds, python,
};
training.SetAction(parsed => TrainingSpeed.Run(Data(parsed), parsed.GetValue(images), parsed.GetValue(rounds), parsed.GetValue(python)!));

var scoring = new Command("scoring", "Scoring test images: Transform, and bare forward passes in TorchSharp and in PyTorch.")
{
    data, scored, rounds, python,
};
scoring.SetAction(parsed => ScoringSpeed.Run(Data(parsed), parsed.GetValue(scored), parsed.GetValue(rounds), parsed.GetValue(python)!));

var work = new Option<int>("--work") { Description = "Rows times steps of one measurement.", DefaultValueFactory = _ => 400_000 };
var shallow = new Command(
    "shallow",
    "Gradient steps of the shallow networks: ours, TorchSharp's and PyTorch's; the limit of gradient flow, and gradient descent to it.")
{
    rounds, work, python,
};
shallow.SetAction(parsed => ShallowSpeed.Run(parsed.GetValue(rounds), parsed.GetValue(work), parsed.GetValue(python)!));

var csv = new Option<FileInfo>("--csv") { Description = "Runs of samples/Papers teachers.", Required = true };
csv.AcceptExistingOnly();
var parallel = new Option<int>("--parallel")
{
    Description = "How many of them ran at the same time.",
    DefaultValueFactory = _ => Environment.ProcessorCount,
};
var family = new Command("family", "What a file of runs took, and what PyTorch would take for the same steps.") { csv, parallel, python };
family.SetAction(parsed => FamilyTime.Run(parsed.GetRequiredValue(csv).FullName, parsed.GetValue(parallel), parsed.GetValue(python)!));

var reproducible = new Command("reproducible", "What MKL's reproducible setting costs training, scoring and matrix products.")
{
    data, images, scored, rounds,
};
reproducible.SetAction(parsed
    => ReproducibleCost.Run(Data(parsed), parsed.GetValue(images), parsed.GetValue(scored), parsed.GetValue(rounds)));

var convolutions = new Command("convolutions", "What the check of the convolutions costs a network's first pass.") { rounds };
convolutions.SetAction(parsed => ConvolutionCost.Run(parsed.GetValue(rounds)));

var allImages = new Option<int>("--images") { Description = "Training images.", DefaultValueFactory = _ => 50_000 };
var predictions = new Option<int>("--predictions") { Description = "Predictions; at least 4.", DefaultValueFactory = _ => 10_000 };
predictions.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 4)
        result.AddError($"--predictions is {result.GetValueOrDefault<int>()}; it must be at least 4.");
});
var memory = new Command("memory", "Resident memory of training, and over many predictions.") { data, allImages, predictions };
memory.SetAction(parsed => MemoryUse.Run(Data(parsed), parsed.GetValue(allImages), parsed.GetValue(predictions)));

var folder = new Option<DirectoryInfo>("--folder")
{
    Description = "Where to write; /dev/shm is memory.",
    DefaultValueFactory = _ => new(Path.GetTempPath()),
};
folder.AcceptExistingOnly();
var persistence = new Command("persistence", "Saving and loading a ResNet-18, and the plain copying of as many bytes.") { folder, rounds };
persistence.SetAction(parsed => PersistenceSpeed.Run(parsed.GetValue(folder)!.FullName, parsed.GetValue(rounds)));

var layers = new Command("layers", "Signatures of a ResNet-18's layers on 1,000 images: time and peak memory.") { data, rounds };
layers.SetAction(parsed => LayerComparisonUse.Run(Data(parsed), parsed.GetValue(rounds)));

NetworkArchitecture[] networks = [NetworkArchitecture.ResNet18, NetworkArchitecture.SmallCnn];
var network = new Option<string>("--network") { Description = "ResNet18 or SmallCnn.", DefaultValueFactory = _ => networks[0].Name };
network.AcceptOnlyFromAmong([.. networks.Select(known => known.Name)]);
var fewImages = new Option<int>("--images") { Description = "Images of the main task.", DefaultValueFactory = _ => 100 };
var choice = new Command("choice", "Choosing the rescaling: runs side by side, and one after another.")
{
    data, fewImages, rounds, network,
};
choice.SetAction(parsed => ChoiceSpeed.Run(Data(parsed), parsed.GetValue(fewImages), parsed.GetValue(rounds),
    networks.Single(known => known.Name == parsed.GetValue(network))));

var root = new RootCommand("Side-by-side benchmarks of FeatureReuse.MLNet.")
{
    training, scoring, shallow, family, reproducible, convolutions, memory, persistence, layers, choice,
};
return root.Parse(args).Invoke();
