namespace FeatureReuse;

/// <summary>How heads and representation take turns.</summary>
public enum UpdateOrder
{
    /// <summary>The heads are fitted anew from their own samples before each step of the representation, which uses other samples (Collins et al., arXiv 2307.06887).</summary>
    HeadsFirst,

    /// <summary>
    /// Heads and representation take a gradient step together, from the same samples; the heads start as normal values of standard deviation 1 / sqrt(m) and
    /// move by their learning rate over the number of steps each time.
    /// </summary>
    Simultaneous,
}
