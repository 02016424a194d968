namespace FeatureReuse;

/// <summary>
/// Specifies what finetuning made of a layer's features, according to its signature (Lippl and Lindsey, arXiv 2310.02396).
/// </summary>
public enum FeatureReuseKind
{
    /// <summary>
    /// At least 80 % of the dimensions after finetuning are shared with those before, and their number fell by less than 20 %.
    /// </summary>
    Kept,

    /// <summary>
    /// At least 80 % of the dimensions after finetuning are shared with those before, and their number fell by 20 % or more: a selection of
    /// the pretrained features.
    /// </summary>
    NestedSelection,

    /// <summary>50 to 80 % of the dimensions after finetuning are shared with those before.</summary>
    PartlyNew,

    /// <summary>Less than 50 % of the dimensions after finetuning are shared with those before.</summary>
    New,
}
