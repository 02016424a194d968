namespace FeatureReuse;

/// <summary>Adds score columns as ML.NET's own trainers publish them, with the annotations by which evaluators recognise them.</summary>
internal static class ScoreColumns
{
    /// <summary>Adds PredictedLabel and Score of a multiclass classifier.</summary>
    public static void AddClassification(
        DataViewSchema.Builder builder, DataViewSchema input, string predictedLabelName, string scoreName, ClassKeys classes)
    {
        uint setId = NextSetId(input);
        DataViewSchema.Annotations.Builder predicted = Annotate(setId, AnnotationKinds.MulticlassClassification, "PredictedLabel");
        classes.AddTo(predicted, AnnotationKinds.KeyValues);
        builder.AddColumn(predictedLabelName, new KeyDataViewType(typeof(uint), classes.Count), predicted.ToAnnotations());

        DataViewSchema.Annotations.Builder score = Annotate(setId, AnnotationKinds.MulticlassClassification, "Score");
        if (classes.AreText)
            classes.AddTo(score, AnnotationKinds.SlotNames);
        classes.AddTo(score, AnnotationKinds.TrainingLabelValues);
        builder.AddColumn(scoreName, new VectorDataViewType(NumberDataViewType.Single, classes.Count), score.ToAnnotations());
    }

    /// <summary>Adds the Score of a regression.</summary>
    public static void AddRegression(DataViewSchema.Builder builder, DataViewSchema input, string scoreName) => builder.AddColumn(
        scoreName, NumberDataViewType.Single, Annotate(NextSetId(input), AnnotationKinds.Regression, "Score").ToAnnotations());

    private static DataViewSchema.Annotations.Builder Annotate(uint setId, string scoreKind, string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(AnnotationKinds.ScoreColumnSetId, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint value) => value = setId);
        AddText(AnnotationKinds.ScoreColumnKind, scoreKind);
        AddText(AnnotationKinds.ScoreValueKind, valueKind);
        return builder;

        void AddText(string kind, string text)
            => builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
    }

    /// <summary>Gets the number that the columns of a new model share: one above those already there.</summary>
    public static uint NextSetId(DataViewSchema input)
    {
        uint largest = 0;
        foreach (DataViewSchema.Annotations annotations in input.Select(column => column.Annotations))
        {
            DataViewSchema.Column? column = annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId);
            if (column?.Type is KeyDataViewType && column.Value.Type.RawType == typeof(uint))
            {
                uint id = 0;
                annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
                largest = Math.Max(largest, id);
            }
        }
        return largest + 1;
    }
}
