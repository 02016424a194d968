namespace FeatureReuse.Tests.Training;

[TestClass]
public sealed class ValidationSplitTests
{
    [TestMethod]
    public void Every_class_gives_the_same_share_and_every_row_goes_somewhere()
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(row => row % 5 == 0 ? 1 : 0)];
        (int[] training, int[] validation) = ValidationSplit.Create(labels, 2, .25, new SeededRandom(1));
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 100).ToArray(), training.Concat(validation).ToArray());
        Assert.AreEqual(20, validation.Count(row => labels[row] == 0));
        Assert.AreEqual(5, validation.Count(row => labels[row] == 1));
    }

    [TestMethod]
    public void A_class_of_one_row_keeps_it_for_training()
    {
        (int[] training, int[] validation) = ValidationSplit.Create([0, 1, 1, 1, 1], 2, .9, new SeededRandom(1));
        CollectionAssert.Contains(training, 0);
        Assert.HasCount(3, validation);
    }

    [TestMethod]
    public void A_share_that_holds_out_nothing_is_refused()
    {
        ArgumentException failure = Assert.ThrowsExactly<ArgumentException>(() => ValidationSplit.Create([0, 0, 1, 1], 2, .1, new SeededRandom(1)));
        StringAssert.Contains(failure.Message, "ValidationFraction is 0.1; of 4 images in 2 classes it holds out none.");
    }
}
