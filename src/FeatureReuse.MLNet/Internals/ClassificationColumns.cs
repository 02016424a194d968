using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Internals;

/// <summary>PredictedLabel and Score as ML.NET's own multiclass trainers publish them, annotations included.</summary>
internal static class ClassificationColumns
{
    /// <summary>Adds both columns behind those of the input.</summary>
    public static void Add(DataViewSchema.Builder builder, DataViewSchema input, string predictedLabelName, string scoreName, ClassKeys classes)
    {
        uint setId = NextSetId(input);
        var predicted = new DataViewSchema.Annotations.Builder();
        AddScoreSet(predicted, setId, "PredictedLabel");
        classes.AddTo(predicted, AnnotationKinds.KeyValues);
        builder.AddColumn(predictedLabelName, new KeyDataViewType(typeof(uint), classes.Count), predicted.ToAnnotations());

        var score = new DataViewSchema.Annotations.Builder();
        AddScoreSet(score, setId, "Score");
        if (classes.AreText)
        {
            classes.AddTo(score, AnnotationKinds.SlotNames);
        }
        classes.AddTo(score, AnnotationKinds.TrainingLabelValues);
        builder.AddColumn(scoreName, new VectorDataViewType(NumberDataViewType.Single, classes.Count), score.ToAnnotations());
    }

    private static void AddScoreSet(DataViewSchema.Annotations.Builder builder, uint setId, string valueKind)
    {
        builder.Add(AnnotationKinds.ScoreColumnSetId, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint value) => value = setId);
        builder.Add(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = AnnotationKinds.MulticlassClassification.AsMemory());
        builder.Add(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = valueKind.AsMemory());
    }

    /// <summary>Columns of one model carry the same number, one above those already there.</summary>
    private static uint NextSetId(DataViewSchema input)
    {
        uint largest = 0;
        foreach (DataViewSchema.Column column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId) is { Type: KeyDataViewType key } && key.RawType == typeof(uint))
            {
                uint id = 0;
                column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
                largest = Math.Max(largest, id);
            }
        }
        return largest + 1;
    }
}
