using System.Globalization;

namespace CifarFinetuning;

/// <summary>A way to reach the main task, as the paper names it.</summary>
internal sealed record Setup(string Name, float Rescaling = 1)
{
    /// <summary>The main task alone, from scratch.</summary>
    public const string SingleTask = "STL";

    /// <summary>Only the readout, on pretrained features.</summary>
    public const string LinearProbe = "LP";

    /// <summary>Everything, from pretrained weights times the factor.</summary>
    public const string Finetuning = "PT+FT";

    public static Setup[] All(IEnumerable<float> rescalings) => [new(SingleTask), new(LinearProbe), new(Finetuning), .. rescalings.Where(factor => factor != 1).Select(factor => new Setup(Finetuning, factor))];

    public override string ToString() => Rescaling == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name} rescaled by {Rescaling}");
}
