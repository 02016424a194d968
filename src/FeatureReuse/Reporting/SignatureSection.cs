using System.Xml.Linq;
using static FeatureReuse.HtmlElements;

namespace FeatureReuse;

/// <summary>Shows the effective dimensions of the layers before and after finetuning.</summary>
internal static class SignatureSection
{
    public static XElement Build(IReadOnlyList<LayerSignature> signatures)
    {
        ChartSeries Line(string name, Func<LayerSignature, double> value)
            => new(name, [.. signatures.Select(layer => new ChartPoint(layer.Index, value(layer)))]);
        var chart = new LineChart("signatures-chart", "Effective dimensions by layer", "layer, from the pixels to the logits",
            "effective dimensions", [Line("before (rescaled)", layer => layer.PretrainedPR), Line("after", layer => layer.FinetunedPR),
                Line("shared (ENSD)", layer => layer.Ensd)], IsLogX: false, IsLogY: signatures.All(layer => layer.Ensd > 0));
        ReportTable table = ReportTable.From("signatures", "signatures by layer", signatures,
            ("layer", one => one.Index), ("layer_name", one => one.LayerName), ("pr_pretrained", one => one.PretrainedPR),
            ("pr_finetuned", one => one.FinetunedPR), ("ensd", one => one.Ensd), ("overlap", one => one.Overlap),
            ("norm_pretrained", one => one.PretrainedNorm), ("norm_finetuned", one => one.FinetunedNorm),
            ("norm_of_change", one => one.Change), ("reading", one => Reading(one.ReuseKind)));
        return Section("signatures", "Features before and after finetuning",
            Note("Participation ratio of the activations before and after finetuning, and the dimensions that both share (ENSD). "
                + "Kept: at least 80 % of the dimensions after finetuning are shared, and their number fell by less than 20 %. "
                + "Nested selection: as many are shared, but their number fell further. Partly new: 50 to 80 % are shared. "
                + "New: fewer than 50 % are shared."),
            Element("ul", signatures.Select(layer => Element("li", $"Layer {layer.Index}, {layer.LayerName}: "
                + $"{Reading(layer.ReuseKind)} ({Number(100 * layer.SharedPart)} % shared)"))), Chart(chart, table));
    }

    private static string Reading(FeatureReuseKind reading) => reading switch
    {
        FeatureReuseKind.Kept => "kept",
        FeatureReuseKind.NestedSelection => "nested selection",
        FeatureReuseKind.PartlyNew => "partly new",
        _ => "new",
    };
}
