namespace FeatureReuse.Tests.Data;

[TestClass]
public sealed class StratifiedSplitTests
{
    private static ImageStore WithCounts(params int[] counts)
    {
        var builder = new ImageStoreBuilder(new(1, 1, 1), PixelType.Byte, [.. counts.Select((_, c) => $"class {c}")]);
        for (int c = 0; c < counts.Length; c++)
        {
            for (int i = 0; i < counts[c]; i++)
                builder.Add([(byte)i], c);
        }
        return builder.Build();
    }

    [TestMethod]
    public void Every_image_is_held_out_once_and_no_class_is_missing_anywhere()
    {
        ImageStore images = WithCounts(13, 7, 5);
        var folds = StratifiedSplit.Folds(images, 5, new SeededRandom(3));
        Assert.HasCount(5, folds);
        CollectionAssert.AreEqual(Enumerable.Range(0, 25).ToArray(), folds.SelectMany(fold => fold.Validation).Order().ToArray());
        foreach ((int[] training, int[] validation) in folds)
        {
            CollectionAssert.AreEqual(Enumerable.Range(0, 25).Except(validation).ToArray(), training);
            Assert.HasCount(5, validation);
            CollectionAssert.AreEquivalent(new[] { 0, 1, 2 }, validation.Select(row => images.Labels[row]).Distinct().ToArray());
        }
    }

    [TestMethod]
    public void Holding_out_takes_the_same_share_of_every_class()
    {
        ImageStore images = WithCounts(80, 40, 3);
        (int[] training, int[] validation) = StratifiedSplit.HoldOut(images, .25, fewest: 1, new SeededRandom(3));
        CollectionAssert.AreEqual(new[] { 20, 10, 1 }, validation.GroupBy(row => images.Labels[row]).OrderBy(group => group.Key)
            .Select(group => group.Count()).ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 123).ToArray(), training.Concat(validation).Order().ToArray());
    }

    [TestMethod]
    [DataRow(0, 3)]
    [DataRow(1, 3)]
    public void A_class_of_one_row_keeps_it_for_training(int fewest, int heldOut)
    {
        (int[] training, int[] validation) = StratifiedSplit.HoldOut(WithCounts(1, 4), .9, fewest, new SeededRandom(1));
        CollectionAssert.Contains(training, 0);
        Assert.HasCount(heldOut, validation);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 2)]
    public void A_small_fraction_holds_out_the_fewest_rows_of_each_class(int fewest, int heldOut)
        => Assert.HasCount(heldOut, StratifiedSplit.HoldOut(WithCounts(2, 2), .1, fewest, new SeededRandom(1)).Validation);
}
