namespace FeatureReuse.Benchmarks.Peers;

/// <summary>Work whose seconds another process asks for.</summary>
internal interface IPeerRole : IDisposable
{
    /// <summary>Does what is asked for once and returns the seconds it took.</summary>
    /// <param name="question">The words of the question.</param>
    double Answer(string[] question);
}
