using System.Security.Cryptography;
using Microsoft.ML;

namespace Papers.Running;

/// <summary>The paper's tasks of CIFAR-100: 2 classes drawn by the seed are the main task, the other 98 the auxiliary one.</summary>
internal sealed class Cifar100Tasks(string folder) : ITaskSource
{
    private const int MainClasses = 2;

    private readonly CifarFiles _training = CifarFiles.Find100(folder, CifarSplit.Train);

    public string Name => "cifar100";

    public string Fingerprint => field ??= Hash();

    public void RequireSizes(IEnumerable<int> sizes)
    {
        long most = _training.Count / 100 * MainClasses;
        foreach (int size in sizes)
        {
            if (size < MainClasses || size > most)
            {
                throw new ArgumentException(
                    $"--n-train is {size}; the main task of {folder} has {most} training images, and at least {MainClasses} are needed.");
            }
        }
    }

    /// <summary>Loads the images, those for training shuffled. Those of the main task are kept, since every run reads them.</summary>
    public TransferTasks Load(MLContext ml, int auxiliaryImages, int seed)
    {
        ClassSplit Split(IDataView images) => ml.FeatureReuse.SplitByClass(images, MainClasses, seed, "FineLabel");
        ClassSplit training = Split(ml.Data.ShuffleRows(ml.FeatureReuse.LoadCifar100(folder), seed));
        ClassSplit test = Split(ml.FeatureReuse.LoadCifar100(folder, CifarSplit.Test));
        return new(ml.Data.TakeRows(training.Auxiliary, auxiliaryImages), ml.Data.Cache(training.Main), ml.Data.Cache(test.Main));
    }

    private string Hash()
    {
        using FileStream images = _training.Files[0].OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(images));
    }
}
