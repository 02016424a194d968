namespace FeatureReuse;

/// <summary>Holds out the same share of every class.</summary>
internal static class ValidationSplit
{
    /// <summary>Row numbers to train on and to validate on, each in ascending order.</summary>
    /// <exception cref="ArgumentException">The share is so small that no row would be held out.</exception>
    public static (int[] Training, int[] Validation) Create(ReadOnlySpan<int> labels, int classCount, double fraction, SeededRandom random)
    {
        var rowsByClass = new List<int>[classCount];
        for (int c = 0; c < classCount; c++)
            rowsByClass[c] = [];
        for (int row = 0; row < labels.Length; row++)
            rowsByClass[labels[row]].Add(row);
        List<int> training = [];
        List<int> validation = [];
        foreach (List<int> rows in rowsByClass)
        {
            int[] shuffled = [.. rows];
            random.Shuffle<int>(shuffled);
            int held = fraction == 0 ? 0 : Math.Clamp((int)Math.Round(fraction * rows.Count), 0, Math.Max(0, rows.Count - 1));
            validation.AddRange(shuffled.Take(held));
            training.AddRange(shuffled.Skip(held));
        }
        if (fraction > 0 && validation.Count == 0)
        {
            throw new ArgumentException($"{nameof(TrainingOptions.ValidationFraction)} is {fraction}; of {labels.Length} images in {classCount} classes it holds out none. "
                + "Raise it, or set it to 0.", nameof(TrainingOptions.ValidationFraction));
        }
        training.Sort();
        validation.Sort();
        return ([.. training], [.. validation]);
    }
}
