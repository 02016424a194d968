namespace FeatureReuse;

/// <summary>Specifies how finetuning changed a layer's features, by its signature (Lippl and Lindsey, arXiv 2310.02396).</summary>
public enum FeatureReuseKind
{
    /// <summary>At least 80 % of the dimensions after finetuning were there before, and their number fell by less than 20 %.</summary>
    Kept,

    /// <summary>At least 80 % were there before, and their number fell by 20 % or more: a selection of the pretrained features.</summary>
    NestedSelection,

    /// <summary>50 to 80 % of the dimensions after finetuning were there before.</summary>
    PartlyNew,

    /// <summary>Less than 50 % of the dimensions after finetuning were there before.</summary>
    New,
}
