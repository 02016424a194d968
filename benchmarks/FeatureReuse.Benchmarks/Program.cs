using System.CommandLine;
using FeatureReuse.Benchmarks;
using FeatureReuse.Networks;

var data = new Option<DirectoryInfo>("--data") { Description = "The folder with CIFAR-100 in its binary layout.", Required = true };
var images = new Option<int>("--images") { Description = "Training images of an epoch.", DefaultValueFactory = _ => 12_800 };
var rounds = new Option<int>("--rounds") { Description = "Rounds, of which the median is quoted.", DefaultValueFactory = _ => 5 };
var python = new Option<string>("--python") { Description = "The Python that has PyTorch.", DefaultValueFactory = _ => "/usr/bin/python3" };

var training = new Command("training", "Training ResNet-18: the ML.NET estimator and PyTorch in turn.") { data, images, rounds, python };
training.SetAction(parsed => TrainingSpeed.Run(parsed.GetRequiredValue(data).FullName, parsed.GetValue(images), parsed.GetValue(rounds), parsed.GetValue(python)!));

var scoring = new Command("scoring", "Scoring 10,000 images: Transform and Evaluate, and bare forward passes, in turn.") { data, rounds };
scoring.SetAction(parsed => ScoringSpeed.Run(parsed.GetRequiredValue(data).FullName, parsed.GetValue(rounds)));

var memory = new Command("memory", "Resident memory of training on 50,000 images, and over 10,000 predictions.") { data };
memory.SetAction(parsed => MemoryUse.Run(parsed.GetRequiredValue(data).FullName));

var shallow = new Command("shallow", "Gradient steps of the shallow networks: ours and PyTorch's in turn.") { rounds, python };
shallow.SetAction(parsed => ShallowSpeed.Run(parsed.GetValue(rounds), parsed.GetValue(python)!));

var csv = new Option<FileInfo>("--csv") { Description = "Runs of samples/TeacherStudent.", Required = true };
csv.AcceptExistingOnly();
var parallel = new Option<int>("--parallel") { Description = "How many of them ran at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };
var family = new Command("family", "What a file of runs took, and what PyTorch would take for the same steps.") { csv, parallel, python };
family.SetAction(parsed => FamilyTime.Run(parsed.GetRequiredValue(csv).FullName, parsed.GetValue(parallel), parsed.GetValue(python)!));

var inspect = new Command("inspect", "Signatures of a ResNet-18's layers on 1,000 images: time and peak memory.") { data, rounds };
inspect.SetAction(parsed => InspectUse.Run(parsed.GetRequiredValue(data).FullName, parsed.GetValue(rounds)));

var network = new Option<string>("--network") { Description = "ResNet18 or SmallCnn.", DefaultValueFactory = _ => Network.ResNet18.Name };
network.AcceptOnlyFromAmong(Network.ResNet18.Name, Network.SmallCnn.Name);
var choice = new Command("choice", "Choosing the rescaling: runs side by side, and one after another.") { data, rounds, network };
choice.SetAction(parsed => ChoiceSpeed.Run(parsed.GetRequiredValue(data).FullName, parsed.GetValue(rounds), parsed.GetValue(network) == Network.SmallCnn.Name ? Network.SmallCnn : Network.ResNet18));

var folder = new Option<DirectoryInfo>("--folder") { Description = "Where to write; /dev/shm is memory.", DefaultValueFactory = _ => new(Path.GetTempPath()) };
folder.AcceptExistingOnly();
var persistence = new Command("persistence", "Saving and loading a ResNet-18, and the plain copying of as many bytes, in turn.") { folder, rounds };
persistence.SetAction(parsed => PersistenceSpeed.Run(parsed.GetValue(folder)!.FullName, parsed.GetValue(rounds)));

return new RootCommand("Side-by-side benchmarks of FeatureReuse.MLNet.") { training, scoring, memory, shallow, family, inspect, choice, persistence }.Parse(args).Invoke();
