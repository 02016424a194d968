namespace PaperFigures;

/// <summary>A quantity that has one value a seed.</summary>
/// <param name="Network">The architecture.</param>
/// <param name="Setup">STL, MTL or PT+FT.</param>
/// <param name="Rescaling">The factor of the weights.</param>
/// <param name="TrainingSize">Training images of the main task.</param>
/// <param name="Layer">The layer of a signature; null for the accuracy.</param>
/// <param name="Quantity">"accuracy" or the signature's column.</param>
internal sealed record Cell(string Network, string Setup, float Rescaling, int TrainingSize, int? Layer, string Quantity)
{
    public const string Accuracy = "accuracy";

    public static IEnumerable<(Cell Cell, double Value)> Of(AccuracyRow row)
        => [(new(row.Network, row.Setup, row.Rescaling, row.TrainingSize, null, Accuracy), row.Accuracy)];

    public static IEnumerable<(Cell Cell, double Value)> Of(SignatureRow row)
    {
        Cell Named(string quantity) => new(row.Network, Settings.Finetuning, row.Rescaling, row.TrainingSize, row.Layer, quantity);
        return [(Named("pr_pretrained"), row.PretrainedPR), (Named("pr_finetuned"), row.FinetunedPR), (Named("ensd"), row.Ensd), (Named("overlap"), row.Overlap)];
    }
}
