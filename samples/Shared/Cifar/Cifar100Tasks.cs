using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;

namespace FeatureReuse.Samples.Cifar;

/// <summary>The paper's tasks on CIFAR-100: the seed draws 2 of the 100 classes for the main task; the other 98 are the auxiliary task.</summary>
/// <param name="Auxiliary">Training images of the other classes, shuffled.</param>
/// <param name="Main">Training images of the main task, shuffled.</param>
/// <param name="Test">Test images of the main task.</param>
internal sealed record Cifar100Tasks(IDataView Auxiliary, IDataView Main, IDataView Test)
{
    private const int MainClasses = 2;

    /// <param name="ml">Holds the data views.</param>
    /// <param name="folder">Where CIFAR-100 lies in its binary layout.</param>
    /// <param name="auxiliaryImages">At most so many.</param>
    /// <param name="seed">Draws the classes and the order.</param>
    public static Cifar100Tasks Load(MLContext ml, string folder, int auxiliaryImages, int seed)
    {
        IDataView training = ml.Data.ShuffleRows(ml.FeatureReuse.LoadCifar100(folder), seed);
        ClassSplit split = ml.FeatureReuse.SplitByClass(training, MainClasses, seed, "FineLabel");
        ClassSplit test = ml.FeatureReuse.SplitByClass(ml.FeatureReuse.LoadCifar100(folder, CifarSplit.Test), MainClasses, seed, "FineLabel");
        return new(ml.Data.TakeRows(split.Auxiliary, auxiliaryImages), split.Main, test.Main);
    }

    /// <summary>A text that differs where the training images do.</summary>
    public static string Fingerprint(string folder)
    {
        const string Images = "train.bin";
        string here = Path.Combine(folder, Images);
        using FileStream images = File.OpenRead(File.Exists(here) ? here : Path.Combine(folder, "cifar-100-binary", Images));
        return Convert.ToHexStringLower(SHA256.HashData(images));
    }

    /// <summary>Ends a wish for more images of the main task than there are.</summary>
    public static void RequireSizes(string folder, IEnumerable<int> sizes)
    {
        long most = CifarFiles.Find100(folder, CifarSplit.Train).Count / 100 * MainClasses;
        foreach (int size in sizes)
        {
            if (size < MainClasses || size > most)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--n-train is {size}; the main task of {folder} has {most} training images, and training needs at least {MainClasses}."));
            }
        }
    }
}
