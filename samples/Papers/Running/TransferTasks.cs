using System.Security.Cryptography;
using Microsoft.ML;

namespace Papers.Running;

/// <summary>The images of one seed.</summary>
/// <param name="Auxiliary">Training images of the auxiliary task.</param>
/// <param name="Main">Training images of the main task.</param>
/// <param name="Test">Test images of the main task.</param>
internal sealed record TransferTasks(IDataView Auxiliary, IDataView Main, IDataView Test)
{
    private const int MainClasses = 2;

    /// <summary>Loads the paper's tasks, shuffled: 2 classes drawn by the seed are the main task, the other 98 the auxiliary one.</summary>
    public static TransferTasks LoadCifar100(MLContext ml, string folder, int auxiliaryImages, int seed)
    {
        IDataView training = ml.Data.ShuffleRows(ml.FeatureReuse.LoadCifar100(folder), seed);
        ClassSplit split = ml.FeatureReuse.SplitByClass(training, MainClasses, seed, "FineLabel");
        ClassSplit test = ml.FeatureReuse.SplitByClass(
            ml.FeatureReuse.LoadCifar100(folder, CifarSplit.Test), MainClasses, seed, "FineLabel");
        return new(ml.Data.TakeRows(split.Auxiliary, auxiliaryImages), split.Main, test.Main);
    }

    /// <summary>Generates images: the main task's classes differ in two of the four features of the auxiliary task.</summary>
    public static TransferTasks Generate(MLContext ml, int auxiliaryImages, int mainImages, int seed)
    {
        const int Parts = 3;
        IDataView Images(int part, VisualFeatures features, int levels, int count)
            => ml.FeatureReuse.GenerateImages(new() { Features = features, Levels = levels, Count = count, Seed = Parts * seed + part });
        const VisualFeatures Main = VisualFeatures.Shape | VisualFeatures.Orientation;
        return new(Images(0, VisualFeatures.All, 4, auxiliaryImages), Images(1, Main, 2, mainImages), Images(2, Main, 2, 2000));
    }

    /// <summary>Computes a text that differs where the training images of CIFAR-100 do.</summary>
    public static string Fingerprint(string folder)
    {
        const string Images = "train.bin";
        string here = Path.Combine(folder, Images);
        using FileStream images = File.OpenRead(File.Exists(here) ? here : Path.Combine(folder, "cifar-100-binary", Images));
        return Convert.ToHexStringLower(SHA256.HashData(images));
    }

    /// <summary>Throws where the main task of CIFAR-100 has fewer images than a run needs.</summary>
    /// <exception cref="ArgumentException">A size is too small or too large.</exception>
    public static void RequireSizes(string folder, IEnumerable<int> sizes)
    {
        long most = new MLContext().FeatureReuse.LoadCifar100(folder).GetRowCount()!.Value / 100 * MainClasses;
        foreach (int size in sizes)
        {
            if (size < MainClasses || size > most)
            {
                throw new ArgumentException(Invariant(
                    $"--n-train is {size}; the main task of {folder} has {most} training images, and at least {MainClasses} are needed."));
            }
        }
    }
}
