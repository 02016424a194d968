using Microsoft.ML.Data;
using Microsoft.ML.Evaluation;

namespace Microsoft.ML.Trainers.Linear;

/// <summary>Rows in memory; those with a missing label, weight or feature were left out.</summary>
internal sealed class TrainingRows
{
    private readonly List<double[]> _features = [];
    private readonly List<double> _labels = [];
    private readonly List<double> _weights = [];

    public TrainingRows(IDataView data, string featureColumnName, string labelColumnName, string? weightColumnName)
    {
        DataViewSchema.Column features = data.Schema[featureColumnName];
        DataViewSchema.Column label = data.Schema[labelColumnName];
        DataViewSchema.Column? weight = weightColumnName is null ? null : data.Schema[weightColumnName];
        FeatureCount = ((VectorDataViewType)features.Type).Size;
        using DataViewRowCursor cursor = data.GetRowCursor(weight is { } column ? [features, label, column] : [features, label]);
        ValueGetter<VBuffer<float>> readFeatures = cursor.GetGetter<VBuffer<float>>(features);
        ValueGetter<float> readLabel = LabelReader.Open(cursor, label);
        ValueGetter<float>? readWeight = weight is { } weights ? cursor.GetGetter<float>(weights) : null;
        VBuffer<float> buffer = default;
        float labelValue = 0;
        float weightValue = 1;
        var row = new float[FeatureCount];
        while (cursor.MoveNext())
        {
            readFeatures(ref buffer);
            readLabel(ref labelValue);
            readWeight?.Invoke(ref weightValue);
            buffer.CopyTo(row);
            if (float.IsFinite(labelValue) && float.IsFinite(weightValue) && weightValue > 0 && Array.TrueForAll(row, float.IsFinite))
            {
                _features.Add(Array.ConvertAll(row, value => (double)value));
                _labels.Add(labelValue);
                _weights.Add(weightValue);
                WeightSum += weightValue;
            }
            else
            {
                SkippedCount++;
            }
        }
    }

    public int FeatureCount { get; }

    public int Count => _labels.Count;

    public int SkippedCount { get; }

    public double WeightSum { get; }

    public double[] Features(int row) => _features[row];

    public double Label(int row) => _labels[row];

    public double Weight(int row) => _weights[row];
}
