namespace Microsoft.ML.Trainers.Linear;

/// <summary>
/// scale * (sum of weighted losses) + l2/2 * |w|^2 + l1 * |w|_1, where biases go free. Parameters are the biases, one an
/// output, then the weights, output after output.
/// </summary>
internal sealed class LinearObjective(TrainingRows rows, int outputs, RowLoss loss, double scale, double l1, double l2)
{
    private readonly int _chunks = Math.Clamp(rows.Count / 100, 1, Environment.ProcessorCount);

    public int Outputs => outputs;

    public int ParameterCount => outputs * (1 + rows.FeatureCount);

    public double L1 => l1;

    /// <summary>All but the l1 term, and its gradient.</summary>
    public double Smooth(double[] parameters, double[] gradient)
    {
        var losses = new double[_chunks];
        var gradients = new double[_chunks][];
        Parallel.For(0, _chunks, chunk =>
        {
            gradients[chunk] = new double[ParameterCount];
            int first = (int)((long)rows.Count * chunk / _chunks);
            int end = (int)((long)rows.Count * (chunk + 1) / _chunks);
            losses[chunk] = Accumulate(first, end, parameters, gradients[chunk]);
        });
        // Added up in order, so that runs repeat bit by bit.
        Array.Clear(gradient);
        foreach (double[] part in gradients)
        {
            Vectors.AddScaled(gradient, scale, part);
        }
        ReadOnlySpan<double> weights = parameters.AsSpan(outputs);
        Vectors.AddScaled(gradient.AsSpan(outputs), l2, weights);
        return (scale * losses.Sum()) + (l2 / 2 * Vectors.Dot(weights, weights));
    }

    private double Accumulate(int first, int end, double[] parameters, double[] gradient)
    {
        int features = rows.FeatureCount;
        var scores = new double[outputs];
        double sum = 0;
        for (int row = first; row < end; row++)
        {
            double[] x = rows.Features(row);
            for (int c = 0; c < outputs; c++)
            {
                scores[c] = parameters[c] + Vectors.Dot(parameters.AsSpan(outputs + (c * features), features), x);
            }
            sum += rows.Weight(row) * loss(scores, rows.Label(row));
            for (int c = 0; c < outputs; c++)
            {
                double factor = rows.Weight(row) * scores[c];
                gradient[c] += factor;
                Vectors.AddScaled(gradient.AsSpan(outputs + (c * features), features), factor, x);
            }
        }
        return sum;
    }
}
