namespace FeatureReuse;

/// <summary>Divides rows into parts to train on and to validate on, class by class.</summary>
internal static class StratifiedFolds
{
    /// <summary>Each row is held out once; classes are spread evenly.</summary>
    /// <param name="images">What to divide.</param>
    /// <param name="count">The number of folds, at most; no more than the rarest class has images.</param>
    /// <param name="random">Shuffles within classes.</param>
    /// <exception cref="ArgumentException">A class has one image only.</exception>
    public static (int[] Training, int[] Validation)[] Create(ImageStore images, int count, SeededRandom random)
    {
        int folds = Math.Min(count, RarestClass(images));
        var foldOf = new int[images.Count];
        int next = 0;
        foreach (int[] rows in ShuffledClasses(images, random))
        {
            // Going on where the last class stopped keeps the folds equally large.
            foreach (int row in rows)
                foldOf[row] = next++ % folds;
        }
        return [.. Enumerable.Range(0, folds).Select(fold => Divide(foldOf, fold))];
    }

    /// <summary>A share of every class, at least one row, is held out.</summary>
    /// <exception cref="ArgumentException">A class has one image only.</exception>
    public static (int[] Training, int[] Validation) HoldOut(ImageStore images, double fraction, SeededRandom random)
    {
        RarestClass(images);
        var part = new int[images.Count];
        foreach (int[] rows in ShuffledClasses(images, random))
        {
            foreach (int row in rows.Take(Math.Clamp((int)Math.Round(fraction * rows.Length), 1, rows.Length - 1)))
                part[row] = 1;
        }
        return Divide(part, held: 1);
    }

    private static int RarestClass(ImageStore images)
    {
        int[] counts = images.CountByClass();
        int rarest = Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0).MinBy(c => counts[c]);
        return counts[rarest] > 1 ? counts[rarest] : throw new ArgumentException(
            $"Class '{images.ClassNames[rarest]}' has one image; choosing a rescaling holds images out, and needs at least two of every class. Give one factor, or more images.", nameof(images));
    }

    private static IEnumerable<int[]> ShuffledClasses(ImageStore images, SeededRandom random)
    {
        int[] labels = images.Labels.ToArray();
        return Enumerable.Range(0, labels.Length).GroupBy(row => labels[row]).Where(group => group.Any()).OrderBy(group => group.Key).Select(group =>
        {
            int[] rows = [.. group];
            random.Shuffle<int>(rows);
            return rows;
        });
    }

    private static (int[] Training, int[] Validation) Divide(int[] part, int held)
        => ([.. Enumerable.Range(0, part.Length).Where(row => part[row] != held)], [.. Enumerable.Range(0, part.Length).Where(row => part[row] == held)]);
}
