namespace FeatureReuse.Tests.Training;

[TestClass]
public sealed class StratifiedFoldsTests
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
        var folds = StratifiedFolds.Create(images, 5, new SeededRandom(3));
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
    public void There_are_no_more_folds_than_the_rarest_class_has_images()
        => Assert.HasCount(2, StratifiedFolds.Create(WithCounts(20, 2), 5, new SeededRandom(3)));

    [TestMethod]
    public void Holding_out_takes_the_same_share_of_every_class()
    {
        ImageStore images = WithCounts(80, 40, 3);
        (int[] training, int[] validation) = StratifiedFolds.HoldOut(images, .25, new SeededRandom(3));
        CollectionAssert.AreEqual(new[] { 20, 10, 1 }, validation.GroupBy(row => images.Labels[row]).OrderBy(group => group.Key).Select(group => group.Count()).ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 123).ToArray(), training.Concat(validation).Order().ToArray());
    }

    [TestMethod]
    public void A_class_of_one_image_is_named()
    {
        foreach (Action divide in new Action[] { () => StratifiedFolds.Create(WithCounts(9, 1), 5, new SeededRandom(3)), () => StratifiedFolds.HoldOut(WithCounts(9, 1), .5, new SeededRandom(3)) })
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(divide).Message, "Class 'class 1' has one image");
    }
}
