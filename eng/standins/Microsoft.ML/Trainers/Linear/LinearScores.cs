using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Linear;

/// <summary>Linear functions of the features: the biases, then the weights, output after output.</summary>
internal sealed class LinearScores(float[] parameters, int outputs, int featureCount)
{
    public int Outputs => outputs;

    public int FeatureCount => featureCount;

    public void Of(in VBuffer<float> features, Span<float> scores)
    {
        parameters.AsSpan(0, outputs).CopyTo(scores);
        ReadOnlySpan<float> values = features.GetValues();
        ReadOnlySpan<int> indices = features.GetIndices();
        for (int c = 0; c < outputs; c++)
        {
            ReadOnlySpan<float> weights = parameters.AsSpan(outputs + (c * featureCount), featureCount);
            double sum = scores[c];
            for (int i = 0; i < values.Length; i++)
            {
                sum += weights[features.IsDense ? i : indices[i]] * values[i];
            }
            scores[c] = (float)sum;
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(parameters);
        writer.Write(outputs);
        writer.Write(featureCount);
    }

    public static LinearScores Read(BinaryReader reader) => new(reader.ReadSingles(), reader.ReadInt32(), reader.ReadInt32());

    public static void Softmax(Span<float> scores)
    {
        float largest = float.NegativeInfinity;
        foreach (float score in scores)
        {
            largest = MathF.Max(largest, score);
        }
        float sum = 0;
        foreach (ref float score in scores)
        {
            score = MathF.Exp(score - largest);
            sum += score;
        }
        foreach (ref float score in scores)
        {
            score /= sum;
        }
    }
}
