using Papers.Running;

namespace Papers.PaperFigures;

/// <summary>Names a quantity that has one value per seed.</summary>
/// <param name="Network">The architecture.</param>
/// <param name="Setup">STL, MTL or PT+FT.</param>
/// <param name="Rescaling">The factor of the weights.</param>
/// <param name="TrainingSize">The training images of the main task.</param>
/// <param name="Layer">The layer of a signature; null for the accuracy.</param>
/// <param name="Quantity">"accuracy", or the column of the signature.</param>
internal sealed record Cell(string Network, string Setup, float Rescaling, int TrainingSize, int? Layer, string Quantity)
{
    public const string Accuracy = "accuracy";

    public static (Cell Cell, double Value, string Options)[] ValuesOf(AccuracyRow row)
        => [(new(row.Network, row.Setup, row.Rescaling, row.TrainingSize, null, Accuracy), row.Accuracy, row.Options)];

    public static (Cell Cell, double Value, string Options)[] ValuesOf(SignatureRow row)
    {
        (Cell, double, string) Named(string quantity, double value)
            => (new(row.Network, Setups.Finetuning, row.Rescaling, row.TrainingSize, row.Layer, quantity), value, row.Options);
        return
        [
            Named("pr_pretrained", row.PretrainedPR), Named("pr_finetuned", row.FinetunedPR),
            Named("ensd", row.Ensd), Named("overlap", row.Overlap),
        ];
    }
}
