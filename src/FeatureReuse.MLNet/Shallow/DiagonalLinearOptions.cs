namespace FeatureReuse;

/// <summary>Options of training a diagonal linear network. The defaults are those of Lippl and Lindsey, arXiv 2310.02396.</summary>
public sealed record DiagonalLinearOptions : ShallowOptions
{
    /// <summary>Gets the model to finetune (PT+FT), which does not change. Default null: training from scratch.</summary>
    [JsonIgnore]
    public DiagonalLinearTransformer? Pretrained { get; init; }

    /// <summary>Gets the weights g of the new readout to finetune. Default null: .001 times the rescaling. 0 to 1000.</summary>
    public double? ReadoutScale { get; init; }

    /// <summary>
    /// Gets whether both paths start finetuning with equal weights, so that all coefficients are 0. Default false, as in the paper.
    /// </summary>
    public bool Rebalance { get; init; }

    /// <summary>Gets whether the readout alone is trained (linear probe, LP). Default false.</summary>
    public bool ReadoutOnly { get; init; }

    /// <summary>Gets how the weights are found. Default <see cref="DiagonalSolver.GradientDescent"/>.</summary>
    public DiagonalSolver Solver { get; init; } = DiagonalSolver.GradientDescent;

    internal override IReadOnlyList<string>? PretrainedFeatureNames => Pretrained?.FeatureNames;

    internal (DiagonalLinearTransformer Model, GradientDescentResult? Result) Train(
        IReadOnlyList<RegressionSamples> tasks, GradientDescentOptions training, IReadOnlyList<string> featureNames)
    {
        DiagonalNetwork network = Pretrained is null ? new DiagonalNetwork(tasks[0].Width, tasks.Count, InitialScale)
            : Pretrained.Network.ForFinetuning(Rescaling, ReadoutScale, Rebalance);
        GradientDescentResult? result = null;
        if (Solver == DiagonalSolver.GradientFlowLimit)
            network = network.FindGradientFlowLimit(tasks[0], training.CancellationToken);
        else
            result = network.Train(tasks, training, ReadoutOnly);
        return (new(network, new(LibraryVersion.Current, this, featureNames, result, training.Seed!.Value)), result);
    }

    internal override void Validate()
    {
        base.Validate();
        Require.InRange(ReadoutScale ?? 0, 0, 1000, nameof(ReadoutScale));
        Require.Defined(Solver, nameof(Solver));
        if (Pretrained is null && (ReadoutScale is not null || Rebalance))
        {
            string excess = ReadoutScale is null ? nameof(Rebalance) : nameof(ReadoutScale);
            throw new ArgumentException($"{excess} is given, but there is no Pretrained model to finetune.", excess);
        }
        if (Solver == DiagonalSolver.GradientFlowLimit && (ReadoutOnly || AuxiliaryData is not null))
        {
            string excess = ReadoutOnly ? nameof(ReadoutOnly) : nameof(AuxiliaryData);
            throw new ArgumentException($"Solver is {Solver}, which trains both layers on one task; leave out {excess}.", nameof(Solver));
        }
    }
}
