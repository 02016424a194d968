using System.CommandLine;

namespace Papers.Running;

/// <summary>
/// Creates and reads the options that commands on images have in common. The defaults are the first network and the values of the other
/// parameters.
/// </summary>
internal sealed class TransferOptions(Dictionary<string, NetworkArchitecture> networks, string choice, int[] sizes, int[] seeds,
    float[] factors, int auxiliaryImages, int pretrainingEpochs, int maximumEpochs)
{
    private const string Limit = "; training stops earlier where the loss falls below .01.";
    private const int Most = 1_000_000;

    public Option<string> Network { get; } = Options.OneOf("--network", choice, [.. networks.Keys]);
    public Option<int[]> TrainingSizes { get; } = Options.TrainingSizes(sizes);
    public Option<int[]> Seeds { get; } = Options.Seeds(seeds);
    public Option<float[]> Rescalings { get; }
        = Options.Factors("--rescaling", "Factors of the weights before finetuning, separated by commas.", factors);
    public Option<int> AuxiliaryImages { get; }
        = Options.Create("--auxiliary", "The maximum number of auxiliary images.", auxiliaryImages);
    public Option<int> PretrainingEpochs { get; }
        = Options.Create("--pretrain-epochs", $"The maximum number of epochs of pretraining{Limit}", pretrainingEpochs);
    public Option<int> MaximumEpochs { get; }
        = Options.Create("--max-epochs", $"The maximum number of epochs on the main task{Limit}", maximumEpochs);
    public Option<string> Device { get; } = Options.Create("--device", "auto, cpu, cuda or cuda:N.", "auto");

    public T Read<T>(ParseResult parsed, T settings) where T : TransferSettings => settings with
    {
        Network = networks[parsed.GetValue(Network)!],
        TrainingSizes = parsed.GetValue(TrainingSizes)!,
        Seeds = parsed.GetValue(Seeds)!,
        Rescalings = parsed.GetValue(Rescalings)!,
        // The auxiliary task of CIFAR-100 has 98 classes.
        AuxiliaryImages = parsed.InRange(AuxiliaryImages, 98, Most),
        PretrainingEpochs = parsed.InRange(PretrainingEpochs, 1, Most),
        MaximumEpochs = parsed.InRange(MaximumEpochs, 1, Most),
        Device = ComputeDevice.Parse(parsed.GetValue(Device)!),
    };
}
