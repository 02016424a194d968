namespace FeatureReuse;

/// <summary>A network and its samples, ready to take steps.</summary>
internal interface IDescent
{
    long StepsPerEpoch { get; }

    /// <summary>One pass over the samples.</summary>
    /// <returns>The mean squared error, each batch's before its step.</returns>
    double Epoch(float learningRate);

    /// <summary>The first task's mean squared error on other samples.</summary>
    double LossOn(RegressionSamples samples);

    /// <summary>Back to the weights and the order of batches at the start.</summary>
    void Restart();
}
