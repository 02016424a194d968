using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Evaluation;

/// <summary>One pass over scored rows that fills the multiclass counters.</summary>
internal static class MulticlassEvaluator
{
    public static MulticlassClassificationMetrics Evaluate(IDataView data, string labelName, string scoreName, string predictedLabelName, int topK)
    {
        DataViewSchema.Column label = Checks.Bound(data.Schema, "Label", labelName);
        DataViewSchema.Column score = Checks.Bound(data.Schema, "Score", scoreName);
        Checks.Bound(data.Schema, "PredictedLabel", predictedLabelName);
        if (score.Type is not VectorDataViewType { Size: >= 2 } scoreType || scoreType.ItemType != NumberDataViewType.Single)
        {
            throw Checks.Mismatch("schema", "score", scoreName, "vector of two or more items of type Single", score.Type.ToString()!);
        }
        if (label.Type != NumberDataViewType.Single && label.Type is not KeyDataViewType { Count: > 0 })
        {
            throw Checks.Mismatch("schema", "label", labelName, "Single or Key", label.Type.ToString()!);
        }

        var counters = new MulticlassCounters(scoreType.Size);
        using (DataViewRowCursor cursor = data.GetRowCursor([label, score]))
        {
            ValueGetter<float> readLabel = LabelReader.Open(cursor, label);
            ValueGetter<VBuffer<float>> readScore = cursor.GetGetter<VBuffer<float>>(score);
            float value = 0;
            VBuffer<float> buffer = default;
            var scores = new float[scoreType.Size];
            while (cursor.MoveNext())
            {
                readLabel(ref value);
                if (float.IsNaN(value) || value < 0 || value != (int)value)
                {
                    continue;
                }
                readScore(ref buffer);
                buffer.CopyTo(scores);
                if (Array.TrueForAll(scores, float.IsFinite))
                {
                    counters.Add((int)value, scores);
                }
            }
        }
        return new MulticlassClassificationMetrics(counters, ClassNames(score, scoreType.Size), topK);
    }

    private static ReadOnlyMemory<char>[] ClassNames(DataViewSchema.Column score, int classes)
    {
        if (score.Annotations.Schema.GetColumnOrNull("SlotNames")?.Type is VectorDataViewType { IsKnownSize: true, ItemType: TextDataViewType })
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            score.Annotations.GetValue("SlotNames", ref names);
            return [.. names.DenseValues()];
        }
        return [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture).AsMemory())];
    }
}
