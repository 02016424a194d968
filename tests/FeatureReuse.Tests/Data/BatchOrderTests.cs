namespace FeatureReuse.Tests.Data;

[TestClass]
public sealed class BatchOrderTests
{
    [TestMethod]
    [DataRow(1, 4, new[] { 1 })]
    [DataRow(4, 4, new[] { 4 })]
    [DataRow(5, 4, new[] { 5 })]
    [DataRow(6, 4, new[] { 4, 2 })]
    [DataRow(8, 4, new[] { 4, 4 })]
    [DataRow(9, 4, new[] { 4, 5 })]
    [DataRow(3, 100, new[] { 3 })]
    public void A_lone_last_row_joins_the_batch_before_it(int rows, int batchSize, int[] expected)
    {
        var order = new BatchOrder([.. Enumerable.Range(0, rows)], batchSize, new SeededRandom(1));
        order.StartEpoch();
        CollectionAssert.AreEqual(expected, Enumerable.Range(0, order.BatchCount).Select(batch => order.Batch(batch).Length).ToArray());
    }

    [TestMethod]
    public void Every_epoch_visits_every_row_once_in_another_order()
    {
        int[] rows = [.. Enumerable.Range(10, 50)];
        var order = new BatchOrder(rows, 7, new SeededRandom(1));
        int[] Epoch()
        {
            order.StartEpoch();
            return [.. Enumerable.Range(0, order.BatchCount).SelectMany(batch => order.Batch(batch).ToArray())];
        }
        int[] first = Epoch();
        int[] second = Epoch();
        CollectionAssert.AreEquivalent(rows, first);
        CollectionAssert.AreEquivalent(rows, second);
        CollectionAssert.AreNotEqual(first, second);
    }
}
