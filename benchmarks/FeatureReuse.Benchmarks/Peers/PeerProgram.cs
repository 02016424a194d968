using System.Globalization;
using TorchSharp;

namespace FeatureReuse.Benchmarks.Peers;

/// <summary>
/// What another process of this program does for the one that measures: a role each, which answers questions with seconds.
/// </summary>
internal static class PeerProgram
{
    public const string Command = "peer";

    public static int Run(string[] arguments)
    {
        MklSetting.Apply();
        TorchRuntime.EnsureLoaded();
        using IPeerRole role = Role(arguments);
        Console.WriteLine($"ready {torch.__version__} {torch.get_num_threads()}");
        while (Console.ReadLine() is { } question)
            Console.WriteLine(role.Answer(question.Split(' ')).ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }

    private static IPeerRole Role(string[] arguments) => arguments switch
    {
        ["train", var folder, var images, var batchSize, var precision]
            => new PlainTraining(folder, Number(images), Number(batchSize), Enum.Parse<Precision>(precision)),
        ["score", var folder, var images] => new PlainScoring(folder, Number(images)),
        ["step"] => new PlainSteps(),
        ["call", var network, var side] => new NetworkCalls(network == "library", Number(side)),
        ["library", var folder, var images] => new LibraryWork(folder, Number(images)),
        _ => throw new ArgumentException($"There is no such role: {string.Join(' ', arguments)}"),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
