namespace Papers.Running;

/// <summary>Holds the options that commands on images have in common.</summary>
internal abstract record TransferSettings
{
    public required ITaskSource Data { get; init; }

    /// <summary>Gets the folder of pretrained networks.</summary>
    public required string Cache { get; init; }

    public NetworkArchitecture Network { get; init; } = NetworkArchitecture.SmallCnn;
    public int[] TrainingSizes { get; init; } = [];
    public int[] Seeds { get; init; } = [];
    public float[] Rescalings { get; init; } = [];
    public int AuxiliaryImages { get; init; }
    public int PretrainingEpochs { get; init; }

    /// <summary>Gets the epoch limit on the main task.</summary>
    public int MaximumEpochs { get; init; }

    public ComputeDevice Device { get; init; }
}
