using System.Xml.Linq;

namespace FeatureReuse;

/// <summary>Effective dimensions of the layers before and after finetuning.</summary>
internal static class SignatureSection
{
    public static XElement Build(IReadOnlyList<LayerSignature> signatures)
    {
        static ChartSeries Line(string name, IReadOnlyList<LayerSignature> layers, Func<LayerSignature, double> value)
            => new(name, [.. layers.Select(layer => new ChartPoint(layer.Index, value(layer), value(layer), value(layer)))]);
        var chart = new LineChart
        {
            Id = "signatures-chart",
            Title = "Effective dimensions by layer",
            XLabel = "layer, from the pixels to the logits",
            YLabel = "effective dimensions",
            IsLogX = false,
            IsLogY = signatures.All(layer => layer.Ensd > 0),
            Series =
            [
                Line("before (rescaled)", signatures, layer => layer.PretrainedPR),
                Line("after", signatures, layer => layer.FinetunedPR),
                Line("shared (ENSD)", signatures, layer => layer.Ensd),
            ],
        };
        var table = new ReportTable("signatures", "signatures by layer",
            ["layer", "layer_name", "pr_pretrained", "pr_finetuned", "ensd", "overlap", "norm_pretrained", "norm_finetuned", "norm_of_change", "reading"],
            [.. signatures.Select(layer => new object?[]
            {
                layer.Index, layer.LayerName, layer.PretrainedPR, layer.FinetunedPR, layer.Ensd, layer.Overlap, layer.PretrainedNorm, layer.FinetunedNorm, layer.Change, Reading(layer.ReuseKind),
            })]);
        return ReportPage.Section("signatures", "Features before and after finetuning",
            ReportPage.Note("Participation ratio of the activations before and after finetuning, and the dimensions that both share (ENSD). Kept: at least 80 % of the dimensions after are shared, and their number fell by less than 20 %. "
                + "Nested selection: shared as much, but fewer. Partly new: 50 to 80 % are shared. New: fewer than 50 %."),
            new XElement("ul", signatures.Select(layer => new XElement("li", $"Layer {layer.Index}, {layer.LayerName}: {Reading(layer.ReuseKind)} ({ReportPage.Number(100 * layer.SharedPart)} % shared)"))),
            ReportPage.Chart(chart, table));
    }

    private static string Reading(FeatureReuseKind reading) => reading switch
    {
        FeatureReuseKind.Kept => "kept",
        FeatureReuseKind.NestedSelection => "nested selection",
        FeatureReuseKind.PartlyNew => "partly new",
        _ => "new",
    };
}
