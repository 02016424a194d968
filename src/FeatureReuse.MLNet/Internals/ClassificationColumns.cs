namespace FeatureReuse;

/// <summary>PredictedLabel and Score as ML.NET's own multiclass trainers publish them, annotations included.</summary>
internal static class ClassificationColumns
{
    /// <summary>Adds both columns behind those of the input.</summary>
    public static void Add(DataViewSchema.Builder builder, DataViewSchema input, string predictedLabelName, string scoreName, ClassKeys classes)
    {
        uint setId = ScoreAnnotations.NextSetId(input);
        var predicted = new DataViewSchema.Annotations.Builder();
        ScoreAnnotations.Add(predicted, setId, AnnotationKinds.MulticlassClassification, "PredictedLabel");
        classes.AddTo(predicted, AnnotationKinds.KeyValues);
        builder.AddColumn(predictedLabelName, new KeyDataViewType(typeof(uint), classes.Count), predicted.ToAnnotations());

        var score = new DataViewSchema.Annotations.Builder();
        ScoreAnnotations.Add(score, setId, AnnotationKinds.MulticlassClassification, "Score");
        if (classes.AreText)
            classes.AddTo(score, AnnotationKinds.SlotNames);
        classes.AddTo(score, AnnotationKinds.TrainingLabelValues);
        builder.AddColumn(scoreName, new VectorDataViewType(NumberDataViewType.Single, classes.Count), score.ToAnnotations());
    }
}
