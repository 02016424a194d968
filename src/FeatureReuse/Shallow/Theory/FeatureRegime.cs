namespace FeatureReuse;

/// <summary>Names how features of a given pair of strengths are learnt on the main task.</summary>
public enum FeatureRegime
{
    /// <summary>l-order about 1: few features are selected, whatever the auxiliary task learnt.</summary>
    Rich,

    /// <summary>l-order between 1 and 2, negative feature dependence: few features are selected, the auxiliary task's first.</summary>
    Nested,

    /// <summary>l-order about 2: the auxiliary task's features are reused without selection among them.</summary>
    Lazy,

    /// <summary>l-order between 1 and 2, without dependence on the auxiliary task.</summary>
    Intermediate,
}
