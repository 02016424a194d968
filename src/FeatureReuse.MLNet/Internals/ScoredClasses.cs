namespace FeatureReuse;

/// <summary>Evaluates the probabilities of scored rows.</summary>
internal static class ScoredClasses
{
    /// <exception cref="InvalidDataException">A column is missing or of another type, a label is missing, or there is no row.</exception>
    public static ClassificationMetrics Evaluate(IDataView scored, string labelName, string scoreName, int bins)
    {
        DataViewSchema.Column scores = Vectors.Require(scored.Schema, scoreName, "scores");
        DataViewSchema.Column label = RequiredColumn.In(scored.Schema, labelName);
        if (label.Type is not KeyDataViewType)
            throw new InvalidDataException($"Column '{labelName}' is {label.Type}; the label must be a key.");
        IReadOnlyList<string> names = ClassKeys.NamesOfScores(scores);
        List<float[]> probabilities = [];
        List<int> labels = [];
        using DataViewRowCursor cursor = scored.GetRowCursor([scores, label]);
        Func<ReadOnlySpan<float>> getScores = Vectors.Open<float>(cursor, scores);
        ValueGetter<ulong> getLabel = ClassKeys.Open(cursor, label);
        ulong key = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref key);
            if (key == 0 || key > (ulong)names.Count)
            {
                throw new InvalidDataException($"Row {cursor.Position}: the label in column '{labelName}' is "
                    + $"{(key == 0 ? "missing" : $"class {key}")}; column '{scoreName}' has {names.Count} classes.");
            }
            labels.Add((int)key - 1);
            probabilities.Add(getScores().ToArray());
        }
        return probabilities.Count > 0 ? ClassificationMetrics.From(probabilities, labels, names, bins)
            : throw new InvalidDataException("There are no rows to evaluate.");
    }
}
