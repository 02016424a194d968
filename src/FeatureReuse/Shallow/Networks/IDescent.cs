namespace FeatureReuse;

/// <summary>Takes gradient steps of a network on its samples.</summary>
internal interface IDescent : IDisposable
{
    long StepsPerEpoch { get; }

    /// <summary>Passes over the samples once; returns the mean squared error, each batch's before its step.</summary>
    double RunEpoch(float learningRate);
}
