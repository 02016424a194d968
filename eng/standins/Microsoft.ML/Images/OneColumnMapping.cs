using Microsoft.ML.Mapping;

namespace Microsoft.ML.Images;

/// <summary>One added column, computed from one column of the same row.</summary>
internal sealed class OneColumnMapping(
    DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn added, Func<DataViewRow, Delegate> createGetter)
    : ColumnMapping(input, [added])
{
    public override IEnumerable<DataViewSchema.Column> DependenciesOf(int added) => [source];

    public override Delegate CreateGetter(int added, DataViewRow input) => createGetter(input);
}
