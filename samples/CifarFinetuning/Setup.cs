using System.Globalization;
using FeatureReuse;

namespace CifarFinetuning;

/// <summary>A way to reach the main task, as the paper names it.</summary>
/// <param name="Name">As in the CSV.</param>
/// <param name="Rescalings">One factor, or those to choose from.</param>
internal sealed record Setup(string Name, params float[] Rescalings)
{
    /// <summary>The main task alone, from scratch.</summary>
    public const string SingleTask = "STL";

    /// <summary>Only the readout, on pretrained features.</summary>
    public const string LinearProbe = "LP";

    /// <summary>Everything, from pretrained weights times the factor.</summary>
    public const string Finetuning = "PT+FT";

    public bool IsChoice => Rescalings.Length > 1;

    public RescalingChoice Rescaling => RescalingChoice.From([.. Rescalings.Select(factor => (Rescaling)factor)]);

    public static Setup[] All(Settings settings)
    {
        float[] factors = [.. settings.Rescalings.Append(1).Distinct().Order()];
        return
        [
            new(SingleTask, 1), new(LinearProbe, 1), new(Finetuning, 1), .. factors.Where(factor => factor != 1).Select(factor => new Setup(Finetuning, factor)),
            .. settings.Choose ? [new Setup($"{Finetuning} chosen among {string.Join(' ', factors.Select(Text))}", factors)] : Array.Empty<Setup>(),
        ];
    }

    /// <summary>Whether a row is of this setup; which factor was chosen is a result.</summary>
    public bool Has(ResultRow row) => row.Setup == Name && (IsChoice || row.Rescaling == Rescalings[0]);

    public override string ToString() => IsChoice || Rescalings[0] == 1 ? Name : $"{Name} rescaled by {Text(Rescalings[0])}";

    private static string Text(float factor) => factor.ToString(CultureInfo.InvariantCulture);
}
