using Microsoft.ML.Data;
using Microsoft.ML.Mapping;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Loads, filters and splits data.</summary>
public sealed class DataOperationsCatalog
{
    private readonly IHostEnvironmentInternal _environment;

    internal DataOperationsCatalog(IHostEnvironmentInternal environment) => _environment = environment;

    /// <summary>Two parts of the rows.</summary>
    public sealed class TrainTestData
    {
        internal TrainTestData(IDataView train, IDataView test) => (TrainSet, TestSet) = (train, test);

        public IDataView TrainSet { get; }

        public IDataView TestSet { get; }
    }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data) where TRow : class
    {
        ArgumentNullException.ThrowIfNull(data);
        return new EnumerableDataView<TRow>(data);
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false) where TRow : class, new()
    {
        ArgumentNullException.ThrowIfNull(data);
        MemberColumn[] members = [.. MemberColumn.Of<TRow>().Where(member => data.Schema.GetColumnOrNull(member.Name) is not null
            || (ignoreMissingColumns ? false : throw new ArgumentOutOfRangeException(member.Name, $"Could not find column '{member.Name}'")))];
        return Rows();

        IEnumerable<TRow> Rows()
        {
            using DataViewRowCursor cursor = data.GetRowCursor(members.Select(member => data.Schema[member.Name]));
            var writer = new ObjectWriter<TRow>(cursor, members);
            TRow? row = null;
            while (cursor.MoveNext())
            {
                row = row is null || !reuseRowObject ? new TRow() : row;
                writer.Write(row);
                yield return row;
            }
        }
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new CachedDataView(input);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shufflePoolSize);
        return new ShuffledDataView(input, seed ?? _environment.Seed ?? Random.Shared.Next(), shufflePoolSize, shuffleSource);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new SkipTakeDataView(input, 0, count);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new SkipTakeDataView(input, count, long.MaxValue);
    }

    /// <summary>The rows whose key, as a fraction of the key's range, lies within the bounds.</summary>
    public IDataView FilterRowsByKeyColumnFraction(IDataView input, string columnName, double lowerBound = 0, double upperBound = 1)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not KeyDataViewType key || lowerBound > upperBound)
        {
            throw new ArgumentOutOfRangeException(nameof(columnName), $"Column '{columnName}' is {column.Type}; it must be a key, and the lower bound at most the upper one.");
        }
        return new FilteredDataView(input, [column], row =>
        {
            Func<ulong> read = KeyReader.Create(row, column);
            return () => read() is var value and > 0 && Fraction(value) is var fraction && fraction >= lowerBound && (fraction < upperBound || upperBound == 1);
        });

        double Fraction(ulong value) => (value - 0.5) / key.Count;
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), "Must be exclusively between 0 and 1.");
        }
        RandomSplit split = Split(data, samplingKeyColumnName, seed);
        return new TrainTestData(split.Outside(0, testFraction), split.Within(0, testFraction));
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string? samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfFolds, 2);
        RandomSplit split = Split(data, samplingKeyColumnName, seed);
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold =>
        {
            (double from, double to) = ((double)fold / numberOfFolds, (fold + 1.0) / numberOfFolds);
            return new TrainTestData(split.Outside(from, to), split.Within(from, to));
        })];
    }

    private RandomSplit Split(IDataView data, string? samplingKeyColumnName, int? seed)
        => new(data, samplingKeyColumnName is null ? null : data.Schema[samplingKeyColumnName], (ulong)(seed ?? _environment.Seed ?? Random.Shared.Next()));
}
