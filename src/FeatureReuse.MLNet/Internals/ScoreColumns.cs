using static Microsoft.ML.Data.AnnotationUtils;

namespace FeatureReuse;

/// <summary>Describes score columns as ML.NET's own trainers do, with the annotations by which evaluators recognise them.</summary>
internal static class ScoreColumns
{
    /// <summary>Describes PredictedLabel and Score of a multiclass classifier.</summary>
    public static DataViewSchema.DetachedColumn[] Classification(DataViewSchema input, ScoringColumns names, ClassKeys classes)
    {
        const string Kind = Const.ScoreColumnKind.MulticlassClassification;
        DataViewSchema.Annotations.Builder predicted = Annotate(input, Kind, Const.ScoreValueKind.PredictedLabel);
        classes.AddTo(predicted, Kinds.KeyValues);
        DataViewSchema.Annotations.Builder score = Annotate(input, Kind, Const.ScoreValueKind.Score);
        if (classes.AreText)
            classes.AddTo(score, Kinds.SlotNames);
        classes.AddTo(score, Kinds.TrainingLabelValues);
        return
        [
            new(names.PredictedLabel, new KeyDataViewType(typeof(uint), classes.Count), predicted.ToAnnotations()),
            new(names.Score, new VectorDataViewType(NumberDataViewType.Single, classes.Count), score.ToAnnotations()),
        ];
    }

    /// <summary>Describes the Score of a regression.</summary>
    public static DataViewSchema.DetachedColumn Regression(DataViewSchema input, string name)
        => new(name, NumberDataViewType.Single,
            Annotate(input, Const.ScoreColumnKind.Regression, Const.ScoreValueKind.Score).ToAnnotations());

    private static DataViewSchema.Annotations.Builder Annotate(DataViewSchema input, string scoreKind, string valueKind)
    {
        // The columns of a model share a number, one above those already there.
        uint setId = input.GetMaxAnnotationKind(out _, Kinds.ScoreColumnSetId) + 1;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Kinds.ScoreColumnSetId, ScoreColumnSetIdType, (ref uint value) => value = setId);
        AddText(Kinds.ScoreColumnKind, scoreKind);
        AddText(Kinds.ScoreValueKind, valueKind);
        return builder;

        void AddText(string kind, string text)
            => builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
    }
}
