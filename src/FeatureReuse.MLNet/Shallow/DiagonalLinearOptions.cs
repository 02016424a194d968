namespace FeatureReuse;

/// <summary>How a diagonal linear network is trained. The defaults are the paper's (Lippl and Lindsey, arXiv 2310.02396).</summary>
public sealed record DiagonalLinearOptions : ShallowOptions<DiagonalLinearTransformer>
{
    /// <summary>The scale g of the new readout before finetuning. Default null: .001 times <see cref="ShallowOptions{TModel}.Rescaling"/>. 0 to 1000.</summary>
    public double? ReadoutScale { get; init; }

    /// <summary>Gives both paths of a pretrained coordinate the same weight, so that finetuning starts at coefficient 0. Default false, as the published runs.</summary>
    public bool Rebalance { get; init; }

    /// <summary>LP: trains the readout alone. Default false.</summary>
    public bool ReadoutOnly { get; init; }

    /// <summary>Default <see cref="DiagonalSolver.GradientDescent"/>.</summary>
    public DiagonalSolver Solver { get; init; } = DiagonalSolver.GradientDescent;

    internal override void Validate()
    {
        base.Validate();
        Require.InRange(ReadoutScale ?? 0, 0, 1000, nameof(ReadoutScale));
        Require.Defined(Solver, nameof(Solver));
        if (Solver == DiagonalSolver.GradientFlowLimit && (ReadoutOnly || AuxiliaryData is not null))
        {
            throw new ArgumentException($"{nameof(Solver)} is {Solver}, which trains both layers on one task; leave out {(ReadoutOnly ? nameof(ReadoutOnly) : nameof(AuxiliaryData))}.", nameof(Solver));
        }
    }
}
