using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.Benchmarks;

/// <summary>The library's scoring of test images: Transform, and reading the scores of every row.</summary>
internal sealed class LibraryScoring : IDisposable
{
    private const int TrainingImages = 1024;

    private readonly NetworkTransformer _model;
    private readonly IDataView _test;

    public LibraryScoring(string folder, int images)
    {
        var ml = new MLContext(seed: 1);
        _model = LibraryTraining.Fit(ml, folder, TrainingImages);
        _test = ml.Data.TakeRows(ml.FeatureReuse.LoadCifar100(folder, CifarSplit.Test), images);
    }

    public double Seconds()
    {
        var watch = Stopwatch.StartNew();
        IDataView scored = _model.Transform(_test);
        float total = scored.GetColumn<float[]>(scored.Schema["Score"]).Sum(scores => scores[0]);
        double seconds = watch.Elapsed.TotalSeconds;
        return float.IsFinite(total) ? seconds : throw new InvalidOperationException($"The scores sum to {total}.");
    }

    public void Dispose() => _model.Dispose();
}
