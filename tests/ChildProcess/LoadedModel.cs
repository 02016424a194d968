using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.ChildProcess;

/// <summary>Loads a model that another process saved, without a call to FeatureReuse.</summary>
internal static class LoadedModel
{
    /// <summary>Prints the exact scores of a file of features or images, one row per line, separated by commas.</summary>
    public static int Score(string modelPath, string dataPath)
    {
        var ml = new MLContext();
        using var chain = (TransformerChain<ITransformer>)ml.Model.Load(modelPath, out DataViewSchema schema);
        float[][] rows = [.. File.ReadLines(dataPath)
            .Select(line => line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray())];
        IDataView data = schema.GetColumnOrNull("Pixels") is null
            ? ml.Data.LoadFromEnumerable(rows.Select(values => new FeatureRow { Features = values }))
            : ml.Data.LoadFromEnumerable(rows.Select(values => new ImageRow { Pixels = values }));
        IDataView scored = chain.Transform(data);
        if (scored.Schema["Score"].Type is VectorDataViewType)
        {
            foreach (float[] scores in scored.GetColumn<float[]>("Score"))
                Console.WriteLine(string.Join(',', scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture))));
        }
        else
        {
            foreach (float score in scored.GetColumn<float>("Score"))
                Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
        }
        return 0;
    }

    private sealed class ImageRow
    {
        [VectorType(3, 8, 8)]
        public float[] Pixels { get; set; } = [];
    }

    private sealed class FeatureRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }
}
