using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests.Datasets;

[TestClass]
public sealed class DataViewTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Generated(int count = 700)
        => _ml.FeatureReuse.GenerateImages(new() { Features = VisualFeatures.Shape | VisualFeatures.Colour, Count = count });

    [TestMethod]
    public void Generated_images_have_typed_columns_with_names()
    {
        IDataView rows = Generated();
        Assert.AreEqual("Vector<Byte, 3, 32, 32>", rows.Schema["Image"].Type.ToString());
        Assert.AreEqual("Key<UInt32, 0-15>", rows.Schema["Label"].Type.ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        rows.Schema["Label"].GetKeyValues(ref names);
        Assert.AreEqual("red disc", names.GetItemOrDefault(0).ToString());
        Assert.AreEqual("yellow ring", names.GetItemOrDefault(15).ToString());
        Assert.AreEqual(700, rows.GetRowCount());
        CollectionAssert.AreEqual(rows.GetColumn<byte[]>("Image").First(), rows.GetColumn<byte[]>("Image").First());
    }

    [TestMethod]
    public void CIFAR_100_has_typed_columns_with_names()
    {
        IDataView rows = _ml.FeatureReuse.LoadCifar100(Repository.Cifar100());
        Assert.AreEqual("Vector<Byte, 3, 32, 32>", rows.Schema["Image"].Type.ToString());
        Assert.AreEqual("Key<UInt32, 0-99>", rows.Schema["FineLabel"].Type.ToString());
        Assert.AreEqual("Key<UInt32, 0-19>", rows.Schema["CoarseLabel"].Type.ToString());
        Assert.AreEqual(50_000, rows.GetRowCount());
        IDataView named = _ml.Transforms.Conversion.MapKeyToValue("FineLabel")
            .Append(_ml.Transforms.Conversion.MapKeyToValue("CoarseLabel")).Fit(rows).Transform(rows);
        Dictionary<string, string[]> coarse = named.GetColumn<string>("FineLabel").Zip(named.GetColumn<string>("CoarseLabel"))
            .GroupBy(pair => pair.First, pair => pair.Second).ToDictionary(group => group.Key, group => group.Distinct().ToArray());
        Assert.HasCount(100, coarse);
        Assert.AreEqual("fruit_and_vegetables", string.Join(",", coarse["apple"]));
        Assert.AreEqual("reptiles", string.Join(",", coarse["dinosaur"]));
    }

    [TestMethod]
    public void Shuffling_permutes_rows_and_keeps_images_with_their_labels()
    {
        IDataView rows = Generated();
        IDataView shuffled = _ml.Data.ShuffleRows(rows, seed: 3, shufflePoolSize: 1);
        string[] expected = [.. Pairs(rows)];
        string[] actual = [.. Pairs(shuffled)];
        CollectionAssert.AreNotEqual(expected, actual);
        CollectionAssert.AreEquivalent(expected, actual);
        Assert.IsTrue(rows.CanShuffle);

        static IEnumerable<string> Pairs(IDataView data)
            => data.GetColumn<byte[]>("Image")
                .Zip(data.GetColumn<uint>("Label"), (image, label) => $"{label} {Convert.ToHexString(image.AsSpan(0, 64))}");
    }

    [TestMethod]
    public void Parallel_cursors_share_out_the_rows()
    {
        IDataView rows = Generated();
        DataViewSchema.Column label = rows.Schema["Label"];
        SortedDictionary<ulong, uint> seen = [];
        DataViewRowCursor[] cursors = rows.GetRowCursorSet([label], 3);
        Assert.HasCount(3, cursors);
        foreach (DataViewRowCursor cursor in cursors)
        {
            using (cursor)
            {
                ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
                ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
                uint value = 0;
                DataViewRowId id = default;
                while (cursor.MoveNext())
                {
                    getLabel(ref value);
                    getId(ref id);
                    Assert.AreEqual((long)id.Low / 256, cursor.Batch, "the batch tells where the row belongs");
                    seen.Add(id.Low, value);
                }
            }
        }
        CollectionAssert.AreEqual(rows.GetColumn<uint>("Label").ToArray(), seen.Values.ToArray());
    }

    [TestMethod]
    public void Columns_that_are_not_active_are_refused()
    {
        IDataView rows = Generated();
        using DataViewRowCursor cursor = rows.GetRowCursor([rows.Schema["Label"]]);
        Assert.IsFalse(cursor.IsColumnActive(rows.Schema["Image"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<byte>>(rows.Schema["Image"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<int>(rows.Schema["Label"]));
    }

    [TestMethod]
    public void Splits_taking_and_skipping_leave_rows_whole()
    {
        IDataView rows = Generated();
        DataOperationsCatalog.TrainTestData split = _ml.Data.TrainTestSplit(rows, .2);
        int train = split.TrainSet.GetColumn<uint>("Label").Count();
        int test = split.TestSet.GetColumn<uint>("Label").Count();
        Assert.AreEqual(700, train + test);
        Assert.AreEqual(140, test, 40, "rows held out");
        IDataView some = _ml.Data.TakeRows(_ml.Data.SkipRows(rows, 100), 50);
        CollectionAssert.AreEqual(rows.GetColumn<uint>("Label").Skip(100).Take(50).ToArray(), some.GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    public void Tasks_share_no_class_and_number_their_own()
    {
        IDataView rows = Generated();
        (IDataView main, IDataView auxiliary) = _ml.FeatureReuse.SplitByClass(rows, 3, seed: 4);
        string[] mainNames = Names(main);
        string[] auxiliaryNames = Names(auxiliary);
        Assert.HasCount(3, mainNames);
        Assert.HasCount(13, auxiliaryNames);
        CollectionAssert.AreEquivalent(Names(rows), mainNames.Concat(auxiliaryNames).ToArray());
        string[] before = [.. Texts(rows)];
        CollectionAssert.AreEqual(before.Where(name => mainNames.Contains(name)).ToArray(), Texts(main).ToArray());
        CollectionAssert.AreEqual(before.Where(name => auxiliaryNames.Contains(name)).ToArray(), Texts(auxiliary).ToArray());
        CollectionAssert.AreEqual(mainNames, Names(_ml.FeatureReuse.SplitByClass(rows, 3, seed: 4).Main), "the seed decides");
        CollectionAssert.AreNotEqual(mainNames, Names(_ml.FeatureReuse.SplitByClass(rows, 3, seed: 5).Main));
        CollectionAssert.AreEqual(new[] { "red ring", "blue disc" }.Order().ToArray(),
            Names(_ml.FeatureReuse.SplitByClass(rows, ["blue disc", "red ring"]).Main).Order().ToArray());
        IDataView shuffled = _ml.Data.ShuffleRows(main, seed: 1);
        CollectionAssert.AreEquivalent(Texts(main).ToArray(), Texts(shuffled).ToArray());

        static string[] Names(IDataView data)
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            data.Schema["Label"].GetKeyValues(ref names);
            return [.. names.DenseValues().Select(name => name.ToString())];
        }

        IEnumerable<string> Texts(IDataView data)
            => _ml.Transforms.Conversion.MapKeyToValue("Text", "Label").Fit(data).Transform(data).GetColumn<string>("Text");
    }

    [TestMethod]
    public void Impossible_splits_are_named()
    {
        IDataView rows = Generated();
        Failure.Requires<ArgumentOutOfRangeException>("mainClasses is 16; it must lie between 1 and 15",
            () => _ml.FeatureReuse.SplitByClass(rows, 16, seed: 1));
        Failure.Requires<ArgumentException>("Column 'Label' has no class 'pink disc'",
            () => _ml.FeatureReuse.SplitByClass(rows, ["pink disc"]));
        Failure.Requires<ArgumentException>("each task needs at least one", () => _ml.FeatureReuse.SplitByClass(rows, []));
        Failure.Requires<InvalidDataException>("There is no column 'Class'",
            () => _ml.FeatureReuse.SplitByClass(rows, 2, seed: 1, "Class"));
        Failure.Requires<InvalidDataException>("the label must be a key", () => _ml.FeatureReuse.SplitByClass(rows, 2, seed: 1, "Image"));
    }
}
