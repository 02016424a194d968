namespace Microsoft.ML.Data;

/// <summary>Mappers one after the other; each gives the rows that the next one reads.</summary>
internal sealed class ChainedRowToRowMapper(DataViewSchema inputSchema, IReadOnlyList<IRowToRowMapper> mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers.Count == 0 ? inputSchema : mappers[^1].OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => mappers.Reverse().Aggregate(dependingColumns, (needed, mapper) => [.. mapper.GetDependencies(needed)]);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var needed = new IEnumerable<DataViewSchema.Column>[mappers.Count];
        IEnumerable<DataViewSchema.Column> columns = activeColumns;
        for (int i = mappers.Count - 1; i >= 0; i--)
        {
            needed[i] = columns;
            columns = [.. mappers[i].GetDependencies(columns)];
        }
        DataViewRow row = input;
        for (int i = 0; i < mappers.Count; i++)
        {
            row = mappers[i].GetRow(row, needed[i]);
        }
        return row;
    }
}
