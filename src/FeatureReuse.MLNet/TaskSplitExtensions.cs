namespace FeatureReuse;

/// <summary>Divides the classes of a data set into a main task and an auxiliary task, as the paper does with CIFAR-100.</summary>
public static class TaskSplitExtensions
{
    /// <summary>Draws the classes of the main task from a seed; all others make the auxiliary task.</summary>
    /// <param name="data">Rows with a label.</param>
    /// <param name="labelColumnName">The label: a key with values.</param>
    /// <param name="mainClasses">The number of classes of the main task; at least 1, and at least 1 must be left.</param>
    /// <param name="seed">Which classes. The same seed divides training and test data alike.</param>
    /// <param name="outputColumnName">A column that is added to both tasks: the label as a key of the task's own classes, in the order of the old ones.</param>
    /// <returns>Views of the rows of either task; nothing is read until they are.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mainClasses"/> is out of its range.</exception>
    /// <exception cref="InvalidDataException">The label is no key with values.</exception>
    public static ClassSplit SplitByClass(this IDataView data, string labelColumnName, int mainClasses, int seed, string outputColumnName = "Label")
    {
        ClassKeys classes = ClassesOf(data, labelColumnName);
        if (mainClasses < 1 || mainClasses >= classes.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(mainClasses), mainClasses,
                $"{nameof(mainClasses)} is {mainClasses}; it must lie between 1 and {classes.Count - 1}, as column '{labelColumnName}' has {classes.Count} classes.");
        }
        int[] order = [.. Enumerable.Range(0, classes.Count)];
        new SeededRandom(seed).Shuffle<int>(order);
        return Split(data, labelColumnName, classes, order[..mainClasses], outputColumnName);
    }

    /// <summary>Names the classes of the main task; all others make the auxiliary task.</summary>
    /// <param name="data">Rows with a label.</param>
    /// <param name="labelColumnName">The label: a key with values.</param>
    /// <param name="mainClasses">The values of the main task's classes, as text.</param>
    /// <param name="outputColumnName">A column that is added to both tasks: the label as a key of the task's own classes, in the order of the old ones.</param>
    /// <returns>Views of the rows of either task; nothing is read until they are.</returns>
    /// <exception cref="ArgumentException">A class is unknown, none is named, or none is left.</exception>
    /// <exception cref="InvalidDataException">The label is no key with values.</exception>
    public static ClassSplit SplitByClass(this IDataView data, string labelColumnName, IEnumerable<string> mainClasses, string outputColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(mainClasses);
        ClassKeys classes = ClassesOf(data, labelColumnName);
        List<string> names = [.. classes.Names];
        int[] main = [.. mainClasses.Distinct().Select(name => names.IndexOf(name) is var number and >= 0 ? number
            : throw new ArgumentException($"Column '{labelColumnName}' has no class '{name}'; it has {string.Join(", ", names.Take(20).Select(known => $"'{known}'"))}{(names.Count > 20 ? ", ..." : "")}.", nameof(mainClasses)))];
        if (main.Length == 0 || main.Length == classes.Count)
        {
            throw new ArgumentException($"{nameof(mainClasses)} names {main.Length} of the {classes.Count} classes of column '{labelColumnName}'; either task needs at least one.", nameof(mainClasses));
        }
        return Split(data, labelColumnName, classes, main, outputColumnName);
    }

    private static ClassKeys ClassesOf(IDataView data, string labelColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return ClassKeys.From(data.Schema.GetColumnOrNull(labelColumnName)
            ?? throw new ArgumentException($"There is no column '{labelColumnName}'.", nameof(labelColumnName)));
    }

    private static ClassSplit Split(IDataView data, string labelColumnName, ClassKeys classes, int[] main, string outputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new ClassSplit(Task([.. main.Order()]), Task([.. Enumerable.Range(0, classes.Count).Except(main)]));

        ClassSubsetDataView Task(int[] chosen) => new(data, data.Schema[labelColumnName], classes, chosen, outputColumnName);
    }
}
