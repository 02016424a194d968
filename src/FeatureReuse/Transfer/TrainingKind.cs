namespace FeatureReuse;

/// <summary>Specifies what a training run was for.</summary>
public enum TrainingKind
{
    /// <summary>A new network was trained on one task.</summary>
    Pretraining,

    /// <summary>A new network was trained on the main and the auxiliary task together.</summary>
    MultiTask,

    /// <summary>All weights of a pretrained network were trained on a task.</summary>
    Finetuning,

    /// <summary>The readout of a pretrained network was trained on a task.</summary>
    LinearProbe,

    /// <summary>A trained network was trained further on its task.</summary>
    ContinuedTraining,
}
