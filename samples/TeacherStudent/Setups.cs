namespace TeacherStudent;

/// <summary>Ways to reach the main task.</summary>
internal static class Setups
{
    /// <summary>From scratch.</summary>
    public const string SingleTask = "STL";

    /// <summary>Both tasks at once.</summary>
    public const string MultiTask = "MTL";

    /// <summary>Pretrained, rescaled, finetuned.</summary>
    public const string Finetuning = "PT+FT";

    /// <summary>A new readout on pretrained features.</summary>
    public const string Probe = "LP";

    /// <summary>The pretrained network, linearised.</summary>
    public const string Linearized = "NTK";

    /// <summary>A readout on the features of a network that was not trained.</summary>
    public const string RandomProbe = "STL-LP";

    /// <summary>A network that was not trained, linearised.</summary>
    public const string RandomLinearized = "STL-NTK";

    public static readonly string[] All = [SingleTask, MultiTask, Finetuning, Probe, Linearized, RandomProbe, RandomLinearized];

    public static bool IsPretrained(string setup) => setup is Finetuning or Probe or Linearized;

    public static bool IsProbe(string setup) => setup is Probe or RandomProbe;

    public static bool IsLinearized(string setup) => setup is Linearized or RandomLinearized;
}
