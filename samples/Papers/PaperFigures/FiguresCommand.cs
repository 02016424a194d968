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
        var shared = new TransferOptions(Networks, "resnet18 or vit, as in the paper, or smallcnn for a quick try.",
            sizes: [10, 20, 50, 100, 200, 500, 1000], seeds: [0, 1, 2, 3, 4], factors: [.125f, 1, 2],
            auxiliaryImages: Recipes.AuxiliaryImages, pretrainingEpochs: Recipes.MaximumEpochs, maximumEpochs: Recipes.MaximumEpochs);
        Option<string[]> setups = Options.Names("--setups", "STL, MTL and PT+FT, separated by commas.", allSetups, allSetups);
        Option<DirectoryInfo> data = Options.CreateRequired<DirectoryInfo>("--data", "The folder of CIFAR-100 in its binary layout.");
        data.AcceptExistingOnly();
        Option<string?> cache = Options.Create<string?>("--cache",
            "The folder of pretrained networks, 45 MB per seed. Default: cache in the folder of results.");
        Option<int?> threads = Options.Create<int?>("--threads", "Threads on the CPU. Default: OMP_NUM_THREADS, or all.");
        Option<int> share = Options.Create("--job", "Runs only share I of the runs, from 0.", 0);
        Option<int> shareCount = Options.Create("--of", "The number of shares.", 1);

        var run = new Command("run", "Runs the experiments.")
        {
            shared.Network, setups, shared.Rescalings, shared.TrainingSizes, shared.Seeds, data, results, cache, shared.AuxiliaryImages,
            shared.PretrainingEpochs, shared.MaximumEpochs, shared.Device, threads, share, shareCount,
        };
        run.SetRun((parsed, cancellation) =>
        {
            int count = parsed.InRange(shareCount, 1, 100_000);
            string folder = parsed.GetRequiredValue(results);
            new Experiment(shared.Read(parsed, new Settings
            {
                Setups = parsed.GetValue(setups)!,
                Data = new Cifar100Tasks(parsed.GetRequiredValue(data).FullName),
                Results = folder,
                Cache = parsed.GetValue(cache) ?? Path.Combine(folder, "cache"),
                Threads = parsed.GetValue(threads),
                Share = parsed.InRange(share, 0, count - 1),
                ShareCount = count,
            }), cancellation).Run();
        });
        return run;
    }
}
