using System.Globalization;
using FeatureReuse.Theory;

namespace TeacherStudent;

/// <summary>The options of the command "relu".</summary>
internal sealed record ReluSettings
{
    public required ReluTeacherOptions Teachers { get; init; }

    public required double Rescaling { get; init; }

    public required double ReadoutScale { get; init; }

    public required int HiddenUnits { get; init; }

    public required double LearningRate { get; init; }

    public required int MaximumEpochs { get; init; }

    /// <summary>The line of a run. What has no column of its own and differs from the paper's settings is part of the experiment's name.</summary>
    public Run RunOf(string setup, int size, int seed) => new()
    {
        Experiment = string.Create(CultureInfo.InvariantCulture, $"relu-{Teachers.Scale.ToString().ToLowerInvariant()}{(Teachers.Dimension != 15 ? $"-d{Teachers.Dimension}" : "")}")
            + string.Create(CultureInfo.InvariantCulture, $"{(Teachers.AuxiliaryUnits != 6 ? $"-auxiliary{Teachers.AuxiliaryUnits}" : "")}{(ReadoutScale != 1e-3 ? $"-readout{ReadoutScale}" : "")}")
            + string.Create(CultureInfo.InvariantCulture, $"{(HiddenUnits != 1000 ? $"-hidden{HiddenUnits}" : "")}"),
        Setup = setup,
        Size = Teachers.Correlations.Count,
        Relation = string.Join(';', (Teachers.Correlations.Distinct().Count() == 1 ? Teachers.Correlations.Take(1) : Teachers.Correlations).Select(value => value.ToString(CultureInfo.InvariantCulture))),
        Magnitude = Teachers.Magnitude,
        // MTL has nothing to rescale.
        Rescaling = setup == Setups.MultiTask ? 1 : Rescaling,
        TrainingSize = size,
        Seed = seed,
    };
}
