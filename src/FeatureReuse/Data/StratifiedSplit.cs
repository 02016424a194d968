namespace FeatureReuse;

/// <summary>Splits labelled rows class by class into rows to train on and rows to validate on, each in ascending order.</summary>
internal static class StratifiedSplit
{
    /// <summary>Holds out a fraction of every class, and at least so many rows; each class keeps at least one row to train on.</summary>
    public static (int[] Training, int[] Validation) HoldOut(ImageStore images, double fraction, int fewest, SeededRandom random)
    {
        var part = new int[images.Count];
        foreach (int[] rows in ShuffledClasses(images, random))
        {
            int most = rows.Length - 1;
            foreach (int row in rows.Take(Math.Clamp((int)Math.Round(fraction * rows.Length), Math.Min(fewest, most), most)))
                part[row] = 1;
        }
        return Divide(part, held: 1);
    }

    /// <summary>Divides the rows into folds that spread every class evenly, each of which is held out once.</summary>
    public static (int[] Training, int[] Validation)[] Folds(ImageStore images, int count, SeededRandom random)
    {
        var foldOf = new int[images.Count];
        int next = 0;
        // Continuing with the fold after the last class's keeps the folds equally large.
        foreach (int row in ShuffledClasses(images, random).SelectMany(rows => rows))
            foldOf[row] = next++ % count;
        return [.. Enumerable.Range(0, count).Select(fold => Divide(foldOf, fold))];
    }

    private static IEnumerable<int[]> ShuffledClasses(ImageStore images, SeededRandom random)
    {
        foreach (IGrouping<int, int> rows in Enumerable.Range(0, images.Count).GroupBy(row => images.Labels[row]).OrderBy(rows => rows.Key))
        {
            int[] shuffled = [.. rows];
            random.Shuffle<int>(shuffled);
            yield return shuffled;
        }
    }

    private static (int[] Training, int[] Validation) Divide(int[] part, int held)
    {
        ILookup<bool, int> rows = Enumerable.Range(0, part.Length).ToLookup(row => part[row] == held);
        return ([.. rows[false]], [.. rows[true]]);
    }
}
