namespace Papers.Running;

/// <summary>Names the ways to reach the main task, as the papers and the CSV files do.</summary>
internal static class Setups
{
    /// <summary>Trains on the main task alone, from scratch.</summary>
    public const string SingleTask = "STL";

    /// <summary>Trains on both tasks at once.</summary>
    public const string MultiTask = "MTL";

    /// <summary>Pretrains on the auxiliary task, rescales the weights and finetunes.</summary>
    public const string Finetuning = "PT+FT";

    /// <summary>Trains a new readout on pretrained features.</summary>
    public const string LinearProbe = "LP";

    /// <summary>Linearises the pretrained network.</summary>
    public const string Linearized = "NTK";

    /// <summary>Trains a readout on the features of an untrained network.</summary>
    public const string RandomProbe = "STL-LP";

    /// <summary>Linearises an untrained network.</summary>
    public const string RandomLinearized = "STL-NTK";

    public static readonly string[] All = [SingleTask, MultiTask, Finetuning, LinearProbe, Linearized, RandomProbe, RandomLinearized];

    public static bool IsPretrained(string setup) => setup is Finetuning or LinearProbe or Linearized;

    public static bool IsProbe(string setup) => setup is LinearProbe or RandomProbe;

    public static bool IsLinearized(string setup) => setup is Linearized or RandomLinearized;
}
