using System.Globalization;
using CsvHelper;
using FeatureReuse;

namespace PaperFigures;

/// <summary>One row of the paper's results.</summary>
/// <param name="Cell">What it is about, as the table names it.</param>
/// <param name="Value">Its mean over seeds.</param>
internal sealed record PublishedValue(Cell Cell, Seeds Value)
{
    /// <summary>Reads cifar100_*_accuracy.csv or cifar100_*_signatures.csv; which one, its columns tell, and which network, its name.</summary>
    /// <exception cref="InvalidDataException">The file is none of these.</exception>
    public static PublishedValue[] Read(string path)
    {
        string network = Path.GetFileName(path).Contains("vit", StringComparison.OrdinalIgnoreCase) ? Settings.NameOf(NetworkArchitecture.ViT) : Settings.NameOf(NetworkArchitecture.ResNet18);
        try
        {
            using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
            reader.Read();
            reader.ReadHeader();
            bool isAccuracy = reader.HeaderRecord!.Contains("mean_accuracy");
            List<PublishedValue> values = [];
            while (reader.Read())
            {
                var cell = new Cell(network, isAccuracy ? reader.GetField("setup")! : Settings.Finetuning, reader.GetField<float>("rescaling"), reader.GetField<int>("n_train"),
                    isAccuracy ? null : reader.GetField<int>("layer"), isAccuracy ? Cell.Accuracy : reader.GetField("signature")!);
                values.Add(new(cell, new(reader.GetField<double>(isAccuracy ? "mean_accuracy" : "mean"), reader.GetField<double>("standard_error"), reader.GetField<int>("seeds"))));
            }
            return [.. values];
        }
        catch (CsvHelperException failure)
        {
            throw new InvalidDataException($"{path} is not a file of published accuracies or signatures ({failure.Message.Split('\n')[0].Trim()}).", failure);
        }
    }
}
