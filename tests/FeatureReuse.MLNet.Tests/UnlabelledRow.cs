using Microsoft.ML.Data;

namespace FeatureReuse.MLNet.Tests;

internal sealed class UnlabelledRow
{
    [VectorType(LabelledRow.Channels, LabelledRow.Side, LabelledRow.Side)]
    public byte[] Image { get; set; } = [];
}
