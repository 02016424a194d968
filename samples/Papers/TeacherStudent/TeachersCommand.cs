using System.CommandLine;
using Papers.Running;

namespace Papers.TeacherStudent;

/// <summary>Creates the command "teachers".</summary>
internal static class TeachersCommand
{
    private static readonly Option<string[]> SetupNames
        = Options.Names("--setups", $"Some of {string.Join(",", Setups.All)}.", Setups.All, "STL", "MTL", "PT+FT", "LP");
    private static readonly Option<TeacherScale> Scale
        = Options.Create("--teacher-scale", "The weights of the main teacher: sqrt (1/sqrt k) or mean (1/k).", TeacherScale.Sqrt);
    private static readonly Option<double> Magnitude = Options.Create("--magnitude", "Multiplies the whole main teacher.", 1.0);
    private static readonly Option<double> Rescaling = Options.Create("--rescaling", "Multiplies the first layer before finetuning.", 1.0);
    private static readonly Option<double?> ReadoutScale = Options.Create<double?>("--readout-scale",
        "The scale of the new readout. Default: .001, times the rescaling for diagonal networks.");
    private static readonly Option<double?> LearningRate
        = Options.Create<double?>("--learning-rate", "The rate on the main task. Default: .1; for MTL of ReLU networks 1.");
    private static readonly Option<int?> MaximumEpochs = Options.Create<int?>("--max-epochs",
        "The maximum number of passes over the rows. Default: 100,000; for diagonal networks with --teacher-scale sqrt 1,000,000.");
    private static readonly Option<string> Loss
        = Options.OneOf("--loss", "The generalisation loss: the least during training, as published, or that at the end.", "least", "end");
    private static readonly Option<int[]> Sizes = Options.TrainingSizes(16, 32, 64, 128, 256, 512);
    private static readonly Option<int[]> Seeds = Options.Seeds(0, 1, 2, 3, 4, 5);
    private static readonly Option<int> Parallel = Options.Create("--parallel", "Runs at the same time.", Environment.ProcessorCount);
    private static readonly Option<string> Csv
        = Options.CreateRequired<string>("--csv", "The file of results; runs that are in it are not repeated.");

    private static readonly Option[] Common
        = [SetupNames, Scale, Magnitude, Rescaling, ReadoutScale, LearningRate, MaximumEpochs, Loss, Sizes, Seeds, Parallel, Csv];

    public static Command Create()
    {
        Option<FileInfo> published = Options.Published();
        var compare = new Command("compare", "Prints published results beside ours, the largest differences first.") { published, Csv };
        compare.SetRun((parsed, _) => Compare.Print(parsed.GetRequiredValue(published).FullName, parsed.GetRequiredValue(Csv)));

        var reproduce = new Command("reproduce", "Runs every cell of a file of published results, seed by seed, and compares.")
        {
            published, SetupNames, Sizes, Seeds, Parallel, Csv,
        };
        reproduce.SetRun((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(published).FullName;
            // All cells of the file, unless some are chosen.
            bool IsChosen<T>(Option<T[]> option, T value)
                => parsed.GetResult(option) is not { Implicit: false } || parsed.GetValue(option)!.Contains(value);
            PublishedCell[] cells = [.. PublishedCell.Read(path)
                .Where(cell => IsChosen(SetupNames, cell.Run.Setup) && IsChosen(Sizes, cell.Run.TrainingSize))];
            if (cells.Length == 0)
                throw new ArgumentException($"{path} has no cell of these --setups and --n-train.");
            int parallel = parsed.InRange(Parallel, 1, 1024);
            ShallowRuns.Reproduce(cells, parsed.GetValue(Seeds)!, parsed.GetRequiredValue(Csv), parallel, cancellation);
            Compare.Print(path, parsed.GetRequiredValue(Csv));
        });

        Option<FileInfo> drawn = Options.Create<FileInfo>("--published", "A CSV file of the paper's results, drawn dashed.");
        drawn.AcceptExistingOnly();
        Option<string> folder = Options.CreateRequired<string>("--folder", "The folder of the charts.");
        var plot = new Command("plot", "Draws the runs of a file: loss over training rows, one line per setup.") { Csv, drawn, folder };
        plot.SetRun((parsed, _)
            => Plots.Write(parsed.GetRequiredValue(Csv), parsed.GetValue(drawn)?.FullName, parsed.GetRequiredValue(folder)));

        return new Command("teachers", "Shallow networks learn from known teachers.")
        {
            CreateDiagonal(), CreateRelu(), CreateFeatures(), reproduce, compare, plot,
        };
    }

    private static Command CreateDiagonal()
    {
        var paper = new DiagonalTeacherOptions();
        Option<int> active = Options.Create("--active", "Coordinates of the main task.", paper.Active);
        Option<int> auxiliaryActive = Options.Create("--auxiliary-active", "Coordinates of the auxiliary task.", paper.AuxiliaryActive);
        Option<int?> overlap
            = Options.Create<int?>("--overlap", "Main coordinates that the auxiliary task shares. Default: as many as possible.");
        Option<bool> rebalance = Options.Create<bool>("--rebalance", "Gives both paths of a pretrained coordinate the same weight.");
        Option<string> solver
            = Options.OneOf("--solver", "descent (step by step) or limit (computes where gradient flow ends).", "descent", "limit");
        Option<string> pretraining
            = Options.OneOf("--pretraining", "limit (computes where gradient flow ends) or descent (up to a million steps).",
                "limit", "descent");
        Option[] own = [active, auxiliaryActive, overlap, rebalance, solver, pretraining];
        return CreateExperiment("diagonal", "Diagonal linear networks and sparse linear teachers.", own, RunColumns.Diagonal,
            parsed => new DiagonalExperiment(WithCommonOptions(parsed, new DiagonalSettings
            {
                Teachers = new()
                {
                    Active = parsed.GetValue(active),
                    AuxiliaryActive = parsed.GetValue(auxiliaryActive),
                    Overlap = parsed.GetValue(overlap),
                    Scale = parsed.GetValue(Scale),
                    Magnitude = parsed.GetValue(Magnitude),
                },
                ReadoutScale = parsed.GetValue(ReadoutScale),
                Rebalance = parsed.GetValue(rebalance),
                SolveLimit = parsed.GetValue(solver) == "limit",
                SolvePretraining = parsed.GetValue(pretraining) == "limit",
            }), []));
    }

    private static Command CreateRelu()
    {
        var paper = new ReluSettings();
        Option<int> units = Options.Create("--units", "Units of the main task.", paper.Teachers.Correlations.Count);
        Option<int> auxiliaryUnits = Options.Create("--auxiliary-units", "Units of the auxiliary task.", paper.Teachers.AuxiliaryUnits);
        Option<double[]> correlation
            = Options.Numbers("--correlation", "Cosine of each main unit with its auxiliary unit: one value, or one per unit.", 1);
        Option<int> hidden = Options.Create("--hidden", "Hidden units of the network.", paper.HiddenUnits);
        return CreateExperiment("relu", "Two-layer ReLU networks and teachers that are sums of ReLU units.",
            [units, auxiliaryUnits, correlation, hidden], RunColumns.Relu, parsed =>
            {
                double[] correlations = parsed.GetValue(correlation)!;
                int count = parsed.GetValue(units);
                if (correlations.Length != 1 && correlations.Length != count)
                {
                    throw new ArgumentException(
                        $"--correlation has {correlations.Length} values for --units {count}; give one, or one for each unit.");
                }
                return new ReluExperiment(WithCommonOptions(parsed, new ReluSettings
                {
                    Teachers = new()
                    {
                        AuxiliaryUnits = parsed.GetValue(auxiliaryUnits),
                        Correlations = ReluSettings.CorrelationsOf(correlations, count),
                        Scale = parsed.GetValue(Scale),
                        Magnitude = parsed.GetValue(Magnitude),
                    },
                    ReadoutScale = parsed.GetValue(ReadoutScale) ?? paper.ReadoutScale,
                    HiddenUnits = parsed.GetValue(hidden),
                }), []);
            });
    }

    private static T WithCommonOptions<T>(ParseResult parsed, T settings) where T : ExperimentSettings => settings with
    {
        Rescaling = parsed.GetValue(Rescaling),
        LearningRate = parsed.GetValue(LearningRate),
        MaximumEpochs = parsed.GetValue(MaximumEpochs),
        AtEnd = parsed.GetValue(Loss) == "end",
    };

    private static Command CreateExperiment<TNetwork>(
        string name, string description, Option[] options, RunColumns columns, Func<ParseResult, Experiment<TNetwork>> create)
        where TNetwork : ShallowNetwork
    {
        var command = new Command(name, description);
        foreach (Option option in options.Concat(Common))
            command.Add(option);
        command.SetRun((parsed, cancellation) => ShallowRuns.Run(
            create(parsed).Jobs(parsed.GetValue(SetupNames)!, parsed.GetValue(Sizes)!, parsed.GetValue(Seeds)!, cancellation),
            parsed.GetRequiredValue(Csv), columns, parsed.InRange(Parallel, 1, 1024), cancellation));
        return command;
    }

    private static Command CreateFeatures()
    {
        Option<int[]> dimension = Options.Integers("--dimension", "Inputs, separated by commas.", 1, 100);
        Option<int> subspace = Options.Create("--subspace", "Dimension of the hidden subspace.", 5);
        Option<int[]> tasks
            = Options.Integers("--tasks", "Pretraining tasks, separated by commas; 0 uses untrained features.", 0, 1, 10, 100, 1000);
        Option<int[]> neurons = Options.Integers("--neurons", "Hidden units, separated by commas.", 1, 256);
        Option<string> updates = Options.OneOf("--updates", "heads-first or simultaneous.", "heads-first", "simultaneous");
        Option<int[]> steps = Options.Integers("--steps", "Pretraining steps, separated by commas.", 0, 60);
        Option<int[]> downstream = Options.Integers("--n-train", "Training samples of the downstream task, separated by commas.", 1, 200);
        var command = new Command("features", "Multi-task pretraining of a two-layer ReLU network finds the subspace that the tasks share.")
        {
            dimension, subspace, tasks, neurons, updates, steps, downstream, Seeds, Csv,
        };
        command.SetRun((parsed, cancellation) => FeatureExperiment.Run(
            [.. from width in parsed.GetValue(dimension)!
                from count in parsed.GetValue(tasks)!
                from units in parsed.GetValue(neurons)!
                from pass in count == 0 ? [0] : parsed.GetValue(steps)!
                from size in parsed.GetValue(downstream)!
                from seed in parsed.GetValue(Seeds)!
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
            parsed.GetRequiredValue(Csv), cancellation));
        return command;
    }
}
