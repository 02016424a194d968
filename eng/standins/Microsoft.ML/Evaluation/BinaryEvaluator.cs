using Microsoft.ML.Data;

namespace Microsoft.ML.Evaluation;

/// <summary>One pass over scored rows that fills the binary counters.</summary>
internal static class BinaryEvaluator
{
    public static BinaryCounters Evaluate(IDataView data, string labelName, string scoreName, string? probabilityName, string predictedLabelName)
    {
        DataViewSchema.Column label = Checks.Bound(data.Schema, "Label", labelName);
        DataViewSchema.Column score = Checks.Bound(data.Schema, "Score", scoreName);
        DataViewSchema.Column? probability = probabilityName is null ? null : Checks.Bound(data.Schema, "Probability", probabilityName);
        Checks.Bound(data.Schema, "PredictedLabel", predictedLabelName);
        RequireSingle(score, "score");
        if (label.Type != NumberDataViewType.Single && label.Type != NumberDataViewType.Double && label.Type is not (BooleanDataViewType or KeyDataViewType { Count: 2 }))
        {
            throw Checks.Mismatch("schema", "label", labelName, "Single, Double, Boolean, or a Key with cardinality 2", label.Type.ToString()!);
        }
        if (probability is { } column)
        {
            RequireSingle(column, "probability");
        }

        var counters = new BinaryCounters(ClassNames(label));
        using DataViewRowCursor cursor = data.GetRowCursor(probability is { } active ? [label, score, active] : [label, score]);
        ValueGetter<float> readLabel = LabelReader.Open(cursor, label);
        ValueGetter<float> readScore = cursor.GetGetter<float>(score);
        ValueGetter<float>? readProbability = probability is { } calibrated ? cursor.GetGetter<float>(calibrated) : null;
        float truth = 0;
        float output = 0;
        float chance = float.NaN;
        while (cursor.MoveNext())
        {
            readLabel(ref truth);
            readScore(ref output);
            if (!float.IsFinite(output) || float.IsNaN(truth))
            {
                continue;
            }
            readProbability?.Invoke(ref chance);
            counters.Add(truth > 0, output, chance);
        }
        return counters;
    }

    private static void RequireSingle(DataViewSchema.Column column, string role)
    {
        if (column.Type != NumberDataViewType.Single)
        {
            throw Checks.Mismatch("schema", role, column.Name, "Single", column.Type.ToString()!);
        }
    }

    private static ReadOnlyMemory<char>[] ClassNames(DataViewSchema.Column label)
    {
        if (label.Type is KeyDataViewType
            && label.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { Size: > 0, ItemType: TextDataViewType })
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            label.GetKeyValues(ref names);
            return [.. names.DenseValues()];
        }
        return ["positive".AsMemory(), "negative".AsMemory()];
    }
}
