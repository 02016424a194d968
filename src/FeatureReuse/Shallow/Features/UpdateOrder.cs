namespace FeatureReuse;

/// <summary>Chooses how heads and representation alternate.</summary>
public enum UpdateOrder
{
    /// <summary>Refits the heads before each step of the representation, on other samples (Collins et al., arXiv 2307.06887).</summary>
    HeadsFirst,

    /// <summary>
    /// Takes a gradient step of heads and representation together, on the same samples. The heads start as normal values of standard
    /// deviation 1 / sqrt(m); each of their steps has the head learning rate divided by the number of steps.
    /// </summary>
    Simultaneous,
}
