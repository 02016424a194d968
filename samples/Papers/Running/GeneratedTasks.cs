using Microsoft.ML;

namespace Papers.Running;

/// <summary>Generates images: the main task's classes differ in two of the four features of the auxiliary task.</summary>
/// <param name="mainImages">The number of training images of the main task.</param>
internal sealed class GeneratedTasks(int mainImages) : ITaskSource
{
    public string Name => "generated";

    public string Fingerprint => Name;

    public void RequireSizes(IEnumerable<int> sizes)
    {
    }

    public TransferTasks Load(MLContext ml, int auxiliaryImages, int seed)
    {
        const int Parts = 3;
        IDataView Images(int part, VisualFeatures features, int levels, int count)
            => ml.FeatureReuse.GenerateImages(new() { Features = features, Levels = levels, Count = count, Seed = Parts * seed + part });
        const VisualFeatures Main = VisualFeatures.Shape | VisualFeatures.Orientation;
        return new(Images(0, VisualFeatures.All, 4, auxiliaryImages), Images(1, Main, 2, mainImages), Images(2, Main, 2, 2000));
    }
}
