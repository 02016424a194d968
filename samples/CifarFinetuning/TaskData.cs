using FeatureReuse;
using FeatureReuse.Samples.Cifar;
using Microsoft.ML;

namespace CifarFinetuning;

/// <summary>The auxiliary task, the main task and its test images, for one seed.</summary>
internal sealed class TaskData
{
    private readonly MLContext _ml;
    private readonly IDataView _main;

    private TaskData(MLContext ml, IDataView auxiliary, IDataView main, IDataView test) => (_ml, Auxiliary, _main, Test) = (ml, auxiliary, main, test);

    public IDataView Auxiliary { get; }

    public IDataView Test { get; }

    public static TaskData Load(MLContext ml, Settings settings, int seed) => settings.Data is { } folder
        ? Cifar100(ml, folder, settings, seed)
        : Generated(ml, settings, seed);

    /// <summary>So many training images of the main task.</summary>
    public IDataView MainTask(int size) => _ml.Data.TakeRows(_main, size);

    /// <summary>As in the paper: the seed draws 2 of the 100 classes for the main task; the other 98 are the auxiliary task.</summary>
    private static TaskData Cifar100(MLContext ml, string folder, Settings settings, int seed)
    {
        Cifar100Tasks.RequireSizes(folder, settings.TrainingSizes);
        Cifar100Tasks tasks = Cifar100Tasks.Load(ml, folder, settings.AuxiliaryImages, seed);
        return new TaskData(ml, tasks.Auxiliary, tasks.Main, tasks.Test);
    }

    /// <summary>The main task's classes differ in two of the four features that tell the auxiliary task's classes apart.</summary>
    private static TaskData Generated(MLContext ml, Settings settings, int seed)
    {
        const int Parts = 3;
        IDataView Images(int part, VisualFeatures features, int levels, int count)
            => ml.FeatureReuse.GenerateImages(new() { Features = features, Levels = levels, Count = count, Seed = Parts * seed + part });
        const VisualFeatures Main = VisualFeatures.Shape | VisualFeatures.Orientation;
        return new TaskData(ml, Images(0, VisualFeatures.All, 4, settings.AuxiliaryImages), Images(1, Main, 2, settings.TrainingSizes.Max()), Images(2, Main, 2, 2000));
    }
}
