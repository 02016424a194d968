using System.Numerics.Tensors;

namespace FeatureReuse;

/// <summary>
/// Takes gradient steps of a two-layer ReLU network. With r the residual of a sample, a step needs only G_ih = sum r x_i [w_h . x > 0]:
/// the gradient of w_ih is v_h G_ih, and that of v_h is sum_i w_ih G_ih.
/// </summary>
internal sealed class ReluDescent : GradientDescent
{
    /// <summary>With fewer products per thread, a step is over before another thread has begun.</summary>
    private const long ProductsPerThread = 64 * 1024;

    private readonly TwoLayerReluNetwork _network;
    private readonly IReadOnlyList<RegressionSamples> _tasks;
    private readonly AlignedFloats[][] _sums;
    private readonly AlignedFloats[] _slopes;
    private readonly float[] _factors;
    private readonly ReluPanel[] _panels;
    private readonly ReluBatch _batch;

    public ReluDescent(TwoLayerReluNetwork network, IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions options)
    {
        (_network, _tasks) = (network, tasks);
        _batch = new ReluBatch(tasks, options.BatchSize, options.Seed ?? 0);
        Team = new WorkerTeam(options.Threads, (long)_batch.Labels.Length * network.First.Length / ProductsPerThread, Accumulate);
        _panels = [.. Enumerable.Range(0, Team.Size).Select(_ => new ReluPanel(network))];
        _sums = [.. _panels.Select(_ => tasks.Select(_ => new AlignedFloats(network.First.Length)).ToArray())];
        _slopes = [.. tasks.Select(_ => new AlignedFloats(network.Stride))];
        _factors = new float[network.Stride];
    }

    protected override WorkerTeam Team { get; }
    protected override long StepsPerEpoch => _batch.StepsPerEpoch;

    protected override double RunEpoch(float learningRate)
    {
        double total = 0;
        for (int step = 0; step < _batch.StepsPerEpoch; step++)
        {
            _batch.Next();
            total = Team.Step(total);
            Update(learningRate * 2 / _batch.RowCount);
        }
        return total / _tasks.Sum(task => (long)task.Count);
    }

    /// <summary>Computes, for a member's blocks of rows, the sum of squared residuals and G.</summary>
    private double Accumulate(int member)
    {
        foreach (AlignedFloats sum in _sums[member])
            sum.Span.Clear();
        (int from, int to) = Team.ShareOf(_batch.BlockCount, member);
        double loss = 0;
        while (from < to)
        {
            (int task, int end) = (_batch.TaskOfBlock[from], from + 1);
            while (end < to && end - from < ReluPanel.Blocks && _batch.TaskOfBlock[end] == task)
                end++;
            loss += _panels[member].Accumulate(_batch, from, end, _network.Readouts[task], _sums[member][task]);
            from = end;
        }
        return loss;
    }

    private void Update(float rate)
    {
        for (int task = 0; task < _tasks.Count; task++)
        {
            for (int member = 1; member < Team.Size; member++)
                TensorPrimitives.Add(_sums[0][task].Span, _sums[member][task].Span, _sums[0][task].Span);
            // The steps of both layers use the weights from before the step: the slopes are computed before either layer moves.
            Span<float> slopes = _slopes[task].Span;
            slopes.Clear();
            for (int i = 0; i < _network.Width; i++)
                TensorPrimitives.FusedMultiplyAdd<float>(RowOf(_network.First, i), RowOf(_sums[0][task], i), slopes, slopes);
        }
        for (int task = 0; task < _tasks.Count; task++)
        {
            Span<float> readout = _network.Readouts[task].Span;
            TensorPrimitives.Multiply(readout, -rate, _factors);
            for (int i = 0; i < _network.Width; i++)
            {
                Span<float> weights = RowOf(_network.First, i);
                TensorPrimitives.FusedMultiplyAdd<float>(_factors, RowOf(_sums[0][task], i), weights, weights);
            }
            TensorPrimitives.Multiply(_slopes[task].Span, rate, _factors);
            TensorPrimitives.Subtract(readout, _factors, readout);
        }
    }

    private Span<float> RowOf(AlignedFloats matrix, int row) => matrix.Span.Slice(row * _network.Stride, _network.Stride);
}
