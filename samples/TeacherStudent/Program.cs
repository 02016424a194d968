using System.CommandLine;
using FeatureReuse;
using FeatureReuse.Samples;
using TeacherStudent;

var setups = new Option<string>("--setups") { Description = $"Which ways to reach the main task, separated by commas: {string.Join(", ", Setups.All)}.", DefaultValueFactory = _ => "STL,MTL,PT+FT,LP" };
var teacherScale = new Option<TeacherScale>("--teacher-scale") { Description = "The main teacher's weights: sqrt (1/sqrt k) or mean (1/k).", DefaultValueFactory = _ => TeacherScale.Sqrt };
var magnitude = new Option<double>("--magnitude") { Description = "Multiplies the whole main teacher.", DefaultValueFactory = _ => 1 };
var rescaling = new Option<double>("--rescaling") { Description = "Multiplies the first layer before finetuning.", DefaultValueFactory = _ => 1 };
var readoutScale = new Option<double?>("--readout-scale") { Description = "Scale of the new readout. Default: .001, times the rescaling for diagonal networks." };
var sizes = new Option<int[]>("--n-train") { Description = "Training rows of the main task, separated by commas.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [16, 32, 64, 128, 256, 512] };
var seeds = new Option<int[]>("--seeds") { Description = "Seeds, as in 0-5 or 1,3.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [0, 1, 2, 3, 4, 5] };
var csv = new Option<string>("--csv") { Description = "Where results go; runs that are in it already are not repeated.", Required = true };
var parallel = new Option<int>("--parallel") { Description = "Runs at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };
var learningRate = new Option<double?>("--learning-rate") { Description = "Of finetuning, MTL and STL. Default: .1; for MTL of ReLU networks 1." };
var maximumSteps = new Option<int?>("--max-epochs") { Description = "The most passes over the rows. Default: 100,000; for diagonal networks with --teacher-scale sqrt 1,000,000." };

var lossOf = new Option<string>("--loss") { Description = "The generalisation loss: the least on the way, as published, or that at the end of training.", DefaultValueFactory = _ => "least" };
lossOf.AcceptOnlyFromAmong("least", "end");

var active = new Option<int>("--active") { Description = "Coordinates of the main task.", DefaultValueFactory = _ => 40 };
var auxiliaryActive = new Option<int>("--auxiliary-active") { Description = "Coordinates of the auxiliary task.", DefaultValueFactory = _ => 40 };
var overlap = new Option<int?>("--overlap") { Description = "Main coordinates that the auxiliary task shares. Default: as many as there can be." };
var rebalance = new Option<bool>("--rebalance") { Description = "Gives both paths of a pretrained coordinate the same weight." };
var solver = new Option<string>("--solver") { Description = "descent (step by step) or limit (solves for where gradient flow ends).", DefaultValueFactory = _ => "descent" };
var pretraining = new Option<string>("--pretraining") { Description = "limit (solves for where gradient flow ends) or descent (up to a million steps).", DefaultValueFactory = _ => "limit" };
solver.AcceptOnlyFromAmong("descent", "limit");
pretraining.AcceptOnlyFromAmong("descent", "limit");
var diagonal = new Command("diagonal", "Diagonal linear networks and sparse linear teachers.")
{
    setups, active, auxiliaryActive, overlap, teacherScale, magnitude, rescaling, readoutScale, rebalance, solver, pretraining, learningRate, maximumSteps, lossOf, sizes, seeds, parallel, csv,
};
diagonal.SetRun((parsed, cancellation) =>
{
    var experiment = new DiagonalExperiment(Common(parsed, new DiagonalSettings
    {
        Teachers = new()
        {
            Active = parsed.GetValue(active),
            AuxiliaryActive = parsed.GetValue(auxiliaryActive),
            Overlap = parsed.GetValue(overlap),
            Scale = parsed.GetValue(teacherScale),
            Magnitude = parsed.GetValue(magnitude),
        },
        ReadoutScale = parsed.GetValue(readoutScale),
        Rebalance = parsed.GetValue(rebalance),
        SolveLimit = parsed.GetValue(solver) == "limit",
        SolvePretraining = parsed.GetValue(pretraining) == "limit",
    }), new());
    return Jobs.Do([.. experiment.Jobs(SetupsOf(parsed), SizesOf(parsed), parsed.GetValue(seeds)!)], new CsvFile<Run>(parsed.GetRequiredValue(csv), RunColumns.Diagonal), ParallelOf(parsed), cancellation);
});

var units = new Option<int>("--units") { Description = "Units of the main task.", DefaultValueFactory = _ => 6 };
var auxiliaryUnits = new Option<int>("--auxiliary-units") { Description = "Units of the auxiliary task.", DefaultValueFactory = _ => 6 };
var correlation = new Option<double[]>("--correlation") { Description = "Cosine of each main unit with its auxiliary unit: one value, or one for each unit.", CustomParser = Lists.Numbers, DefaultValueFactory = _ => [1] };
var hidden = new Option<int>("--hidden") { Description = "Hidden units of the network.", DefaultValueFactory = _ => 1000 };
var relu = new Command("relu", "Two-layer ReLU networks and teachers that are sums of ReLU units.")
{
    setups, units, auxiliaryUnits, correlation, teacherScale, magnitude, rescaling, readoutScale, hidden, learningRate, maximumSteps, lossOf, sizes, seeds, parallel, csv,
};
relu.SetRun((parsed, cancellation) =>
{
    double[] correlations = parsed.GetValue(correlation)!;
    int count = parsed.GetValue(units);
    if (correlations.Length != 1 && correlations.Length != count)
        throw new ArgumentException($"--correlation has {correlations.Length} values for --units {count}; give one, or one for each unit.");
    var experiment = new ReluExperiment(Common(parsed, new ReluSettings
    {
        Teachers = new()
        {
            AuxiliaryUnits = parsed.GetValue(auxiliaryUnits),
            Correlations = correlations.Length == count ? correlations : [.. Enumerable.Repeat(correlations[0], count)],
            Scale = parsed.GetValue(teacherScale),
            Magnitude = parsed.GetValue(magnitude),
        },
        ReadoutScale = parsed.GetValue(readoutScale) ?? 1e-3,
        HiddenUnits = parsed.GetValue(hidden),
    }), new());
    return Jobs.Do([.. experiment.Jobs(SetupsOf(parsed), SizesOf(parsed), parsed.GetValue(seeds)!)], new CsvFile<Run>(parsed.GetRequiredValue(csv), RunColumns.Relu), ParallelOf(parsed), cancellation);
});

var dimension = new Option<int[]>("--dimension") { Description = "Inputs, separated by commas.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [100] };
var subspace = new Option<int>("--subspace") { Description = "Dimension of the hidden subspace.", DefaultValueFactory = _ => 5 };
var tasks = new Option<int[]>("--tasks") { Description = "Tasks of the pretraining, separated by commas; 0 takes features that were not trained.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [1, 10, 100, 1000] };
var neurons = new Option<int[]>("--neurons") { Description = "Hidden units, separated by commas.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [256] };
var updates = new Option<string>("--updates") { Description = "heads-first or simultaneous.", DefaultValueFactory = _ => "heads-first" };
var steps = new Option<int[]>("--steps") { Description = "Steps of the pretraining, separated by commas.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [60] };
updates.AcceptOnlyFromAmong("heads-first", "simultaneous");
var downstream = new Option<int[]>("--n-train") { Description = "Samples of the downstream task, separated by commas.", CustomParser = Lists.Integers, DefaultValueFactory = _ => [200] };
var features = new Command("features", "Multi-task pretraining of a two-layer ReLU network finds the subspace that the tasks share.") { dimension, subspace, tasks, neurons, updates, steps, downstream, seeds, csv };
features.SetRun((parsed, cancellation) => FeatureExperiment.Run(
    [.. from width in parsed.GetValue(dimension)!
        from count in parsed.GetValue(tasks)!
        from units in parsed.GetValue(neurons)!
        from pass in count == 0 ? [0] : parsed.GetValue(steps)!
        from size in parsed.GetValue(downstream)!
        from seed in parsed.GetValue(seeds)!
        select new FeatureRun
        {
            Tasks = count,
            Dimension = width,
            Subspace = parsed.GetValue(subspace),
            Neurons = units,
            Seed = seed,
            Updates = count == 0 ? "random" : parsed.GetValue(updates)!,
            TrainingSize = size,
            Steps = pass,
        }],
    new CsvFile<FeatureRun>(parsed.GetRequiredValue(csv)), cancellation));

var published = new Option<FileInfo>("--published") { Description = "A CSV of the paper's results.", Required = true };
var compare = new Command("compare", "Sets published results beside ours, the furthest first.") { published, csv };
published.AcceptExistingOnly();
var reproduce = new Command("reproduce", "Runs every cell of a file of published results, seed by seed, and compares.") { published, setups, sizes, seeds, parallel, csv };
reproduce.SetRun((parsed, cancellation) =>
{
    // All that the file has, unless chosen.
    string[]? chosen = parsed.GetResult(setups) is { Implicit: false } ? SetupsOf(parsed) : null;
    int[]? chosenSizes = parsed.GetResult(sizes) is { Implicit: false } ? SizesOf(parsed) : null;
    PublishedCell[] cells = [.. PublishedCell.Read(parsed.GetRequiredValue(published).FullName)
        .Where(cell => (chosen?.Contains(cell.Settings.Setup) ?? true) && (chosenSizes?.Contains(cell.Settings.TrainingSize) ?? true))];
    int code = cells.Length == 0 ? throw new ArgumentException($"{parsed.GetRequiredValue(published)} has no cell of these --setups and --n-train.")
        : Reproduction.Run(cells, parsed.GetValue(seeds)!, parsed.GetRequiredValue(csv), ParallelOf(parsed), cancellation);
    return code == 0 ? Compare.Print(parsed.GetRequiredValue(published).FullName, parsed.GetRequiredValue(csv)) : code;
});
compare.SetRun((parsed, _) => Compare.Print(parsed.GetRequiredValue(published).FullName, parsed.GetRequiredValue(csv)));

var folder = new Option<string>("--folder") { Description = "Where the charts go.", Required = true };
var alsoPublished = new Option<FileInfo>("--published") { Description = "A CSV of the paper's results, drawn dashed." };
alsoPublished.AcceptExistingOnly();
var plot = new Command("plot", "Charts of the runs in a file: loss over training rows, a line for each setup.") { csv, alsoPublished, folder };
plot.SetRun((parsed, _) =>
{
    string path = parsed.GetRequiredValue(csv);
    return File.Exists(path) ? Plots.Write(path, RunColumns.Of(path), parsed.GetValue(alsoPublished)?.FullName, parsed.GetRequiredValue(folder))
        : throw new FileNotFoundException($"{path} does not exist; run the experiment first.");
});

return await Cli.InvokeAsync(new RootCommand("Shallow networks learn from known teachers: how features are reused.") { diagonal, relu, features, reproduce, compare, plot }, args);

T Common<T>(ParseResult parsed, T settings) where T : ExperimentSettings => settings with
{
    Rescaling = parsed.GetValue(rescaling),
    LearningRate = parsed.GetValue(learningRate),
    MaximumEpochs = parsed.GetValue(maximumSteps),
    AtEnd = parsed.GetValue(lossOf) == "end",
};

string[] SetupsOf(ParseResult parsed)
{
    string[] chosen = [.. parsed.GetValue(setups)!.Split(',', StringSplitOptions.TrimEntries).Distinct()];
    string? unknown = chosen.FirstOrDefault(setup => !Setups.All.Contains(setup));
    return unknown is null ? chosen : throw new ArgumentException($"--setups has '{unknown}'; it takes {string.Join(", ", Setups.All)}.");
}

int[] SizesOf(ParseResult parsed) => parsed.GetValue(sizes)!.All(size => size > 0) ? parsed.GetValue(sizes)! : throw new ArgumentException("--n-train is 0; there must be at least one row to train on.");

int ParallelOf(ParseResult parsed) => parsed.GetValue(parallel) is > 0 and <= 1024 and var count ? count : throw new ArgumentException($"--parallel is {parsed.GetValue(parallel)}; it must lie between 1 and 1024.");
