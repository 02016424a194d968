using System.CommandLine;
using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>Creates the command "figures".</summary>
internal static class FiguresCommand
{
    private static readonly Dictionary<string, NetworkArchitecture> Networks
        = new[] { NetworkArchitecture.ResNet18, NetworkArchitecture.ViT, NetworkArchitecture.SmallCnn }.ToDictionary(Settings.NameOf);

    public static Command Create()
    {
        Option<string> results = Options.CreateRequired<string>("--results",
            "The folder of accuracy.csv and signatures.csv; runs that are in them are not repeated.");
        var merge = new Command("merge", "Merges the files of all shares into accuracy.csv and signatures.csv.") { results };
        merge.SetRun((parsed, _) => Merge.Run(parsed.GetRequiredValue(results)));

        Option<FileInfo> published = Options.Published();
        var compare = new Command("compare", "Prints published results beside ours, the largest differences first.") { published, results };
        compare.SetRun((parsed, _) => Compare.Print(parsed.GetRequiredValue(published).FullName, parsed.GetRequiredValue(results)));

        return new Command("figures", "The CIFAR-100 experiments of arXiv 2310.02396.") { CreateRun(results), merge, compare };
    }

    private static Command CreateRun(Option<string> results)
    {
        string[] allSetups = [Setups.SingleTask, Setups.MultiTask, Setups.Finetuning];
        const string Limit = "; training stops earlier where the loss falls below .01.";

        Option<string> network = Options.Create("--network", "resnet18 or vit, as in the paper, or smallcnn for a quick try.", "resnet18");
        network.AcceptOnlyFromAmong([.. Networks.Keys]);
        Option<string[]> setups = Options.Names("--setups", "STL, MTL and PT+FT, separated by commas.", allSetups, allSetups);
        Option<double[]> rescaling = Options.Factors("--rescaling", "Factors of PT+FT, separated by commas.", .125, 1, 2);
        Option<int[]> sizes = Options.TrainingSizes(10, 20, 50, 100, 200, 500, 1000);
        Option<int[]> seeds = Options.Seeds(0, 1, 2, 3, 4);
        Option<DirectoryInfo> data = Options.CreateRequired<DirectoryInfo>("--data", "The folder of CIFAR-100 in its binary layout.");
        data.AcceptExistingOnly();
        Option<string?> cache = Options.Create<string?>("--cache",
            "The folder of pretrained networks, 45 MB per seed. Default: cache in the folder of results.");
        Option<int> auxiliary = Options.Create("--auxiliary", "The most auxiliary images.", Recipes.AuxiliaryImages);
        Option<int> pretrainingEpochs
            = Options.Create("--pretrain-epochs", $"The most epochs of pretraining{Limit}", Recipes.MaximumEpochs);
        Option<int> maximumEpochs = Options.Create("--max-epochs", $"The most epochs on the main task{Limit}", Recipes.MaximumEpochs);
        Option<string> device = Options.Device();
        Option<int?> threads = Options.Create<int?>("--threads", "Threads on the CPU. Default: OMP_NUM_THREADS, or all.");
        Option<int> share = Options.Create("--job", "Runs only share I of the runs, from 0.", 0);
        Option<int> shareCount = Options.Create("--of", "The number of shares.", 1);

        var run = new Command("run", "Runs the experiments.")
        {
            network, setups, rescaling, sizes, seeds, data, results, cache, auxiliary, pretrainingEpochs, maximumEpochs, device, threads,
            share, shareCount,
        };
        run.SetRun((parsed, cancellation) =>
        {
            int count = parsed.InRange(shareCount, 1, 100_000);
            string folder = parsed.GetRequiredValue(results);
            new Experiment(new Settings
            {
                Network = Networks[parsed.GetValue(network)!],
                Setups = parsed.GetValue(setups)!,
                Rescalings = [.. parsed.GetValue(rescaling)!.Select(factor => (float)factor)],
                TrainingSizes = parsed.GetValue(sizes)!,
                Seeds = parsed.GetValue(seeds)!,
                Data = parsed.GetRequiredValue(data).FullName,
                Results = folder,
                Cache = parsed.GetValue(cache) ?? Path.Combine(folder, "cache"),
                AuxiliaryImages = parsed.InRange(auxiliary, 98, 1_000_000),
                PretrainingEpochs = parsed.InRange(pretrainingEpochs, 1, 1_000_000),
                MaximumEpochs = parsed.InRange(maximumEpochs, 1, 1_000_000),
                Device = ComputeDevice.Parse(parsed.GetValue(device)!),
                Threads = parsed.GetValue(threads),
                Share = parsed.InRange(share, 0, count - 1),
                ShareCount = count,
            }, cancellation).Run();
        });
        return run;
    }
}
