namespace FeatureReuse;

/// <summary>Holds two tasks that share no class.</summary>
/// <param name="Main">The rows of the main task's classes.</param>
/// <param name="Auxiliary">The rows of all other classes.</param>
public sealed record ClassSplit(IDataView Main, IDataView Auxiliary)
{
    internal static ClassSplit Draw(IDataView data, string labelName, int mainClasses, int seed, string outputColumnName)
    {
        DataViewSchema.Column label = RequiredColumn.In(Require.NotNull(data).Schema, labelName);
        var classes = ClassKeys.From(label);
        if (mainClasses < 1 || mainClasses >= classes.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(mainClasses), mainClasses,
                $"mainClasses is {mainClasses}; it must lie between 1 and {classes.Count - 1}, one less than column '{labelName}' has "
                + "classes.");
        }
        int[] order = [.. Enumerable.Range(0, classes.Count)];
        new SeededRandom(seed).Shuffle<int>(order);
        return Create(data, label, classes, order[..mainClasses], outputColumnName);
    }

    internal static ClassSplit Named(IDataView data, string labelName, IEnumerable<string> mainClasses, string outputColumnName)
    {
        DataViewSchema.Column label = RequiredColumn.In(Require.NotNull(data).Schema, labelName);
        var classes = ClassKeys.From(label);
        List<string> names = [.. classes.Names];
        string[] wanted = [.. Require.NotNull(mainClasses).Distinct()];
        if (wanted.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            string known = $"{string.Join(", ", names.Take(20).Select(name => $"'{name}'"))}{(names.Count > 20 ? ", ..." : "")}";
            throw new ArgumentException($"Column '{labelName}' has no class '{unknown}'; it has {known}.", nameof(mainClasses));
        }
        int[] main = [.. wanted.Select(name => names.IndexOf(name))];
        return main.Length > 0 && main.Length < classes.Count ? Create(data, label, classes, main, outputColumnName)
            : throw new ArgumentException($"mainClasses names {main.Length} of the {classes.Count} classes of column '{labelName}'; "
                + "each task needs at least one.", nameof(mainClasses));
    }

    private static ClassSplit Create(IDataView data, DataViewSchema.Column label, ClassKeys classes, int[] main, string outputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new ClassSplit(Take(main.Order()), Take(Enumerable.Range(0, classes.Count).Except(main)));

        IDataView Take(IEnumerable<int> chosen) => Keys(label, classes, [.. chosen], outputColumnName).Filter(data);
    }

    /// <summary>Translates keys of all classes into keys of the chosen ones; 0 for other classes and for missing labels.</summary>
    private static ComputedColumn Keys(DataViewSchema.Column label, ClassKeys classes, int[] chosen, string outputColumnName)
    {
        uint[] newKeys = new uint[classes.Count + 1];
        for (int i = 0; i < chosen.Length; i++)
            newKeys[chosen[i] + 1] = (uint)i + 1;
        var annotations = new DataViewSchema.Annotations.Builder();
        classes.Select(chosen).AddTo(annotations, AnnotationUtils.Kinds.KeyValues);
        var type = new KeyDataViewType(typeof(uint), chosen.Length);
        return new ComputedColumn(label, new(outputColumnName, type, annotations.ToAnnotations()), row =>
        {
            ValueGetter<ulong> getOldKey = ClassKeys.Open(row, label);
            ulong oldKey = 0;
            return (ValueGetter<uint>)((ref uint key) =>
            {
                getOldKey(ref oldKey);
                key = newKeys.ElementAtOrDefault((int)Math.Min(oldKey, int.MaxValue));
            });
        });
    }
}
