using CsvHelper;
using Papers.Results;
using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>One row of the paper's results.</summary>
/// <param name="Cell">The quantity.</param>
/// <param name="Value">Its value over seeds.</param>
internal sealed record PublishedValue(Cell Cell, Statistic Value)
{
    /// <summary>Reads cifar100_*_accuracy.csv or cifar100_*_signatures.csv, by its columns; its name tells the network.</summary>
    public static PublishedValue[] Read(string path)
    {
        bool isViT = Path.GetFileName(path).Contains("vit", StringComparison.OrdinalIgnoreCase);
        string network = Settings.NameOf(isViT ? NetworkArchitecture.ViT : NetworkArchitecture.ResNet18);
        return PublishedFile.Read(path, "accuracies or signatures", row => row.Has("mean_accuracy")
            ? new PublishedValue(CellOf(row, row.GetField("setup")!, null, Cell.Accuracy), StatisticOf(row, "mean_accuracy"))
            : new(CellOf(row, Setups.Finetuning, row.GetField<int>("layer"), row.GetField("signature")!), StatisticOf(row, "mean")));

        Cell CellOf(CsvReader row, string setup, int? layer, string quantity)
            => new(network, setup, row.GetField<float>("rescaling"), row.GetField<int>("n_train"), layer, quantity);
    }

    private static Statistic StatisticOf(CsvReader row, string mean)
    {
        int seeds = row.GetField<int>("seeds");
        return new(row.GetField<double>(mean), row.GetField<double>("standard_error") * Math.Sqrt(seeds), seeds);
    }
}
