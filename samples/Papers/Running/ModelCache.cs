using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Spectre.Console;
using TorchSharp;

namespace Papers.Running;

/// <summary>Pretrained networks on disk, one file for each way of training, shared by all runs that need the same.</summary>
internal sealed class ModelCache(TransferSettings settings)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Loads a pretrained network, or trains and keeps it. While another process trains it, waits for that process.</summary>
    /// <param name="ml">Trains the network.</param>
    /// <param name="options">The training, with its seed.</param>
    /// <param name="images">The auxiliary task.</param>
    /// <param name="bar">Shows the progress.</param>
    /// <param name="cancellation">Stops the training, and the waiting.</param>
    public NetworkTransformer Pretrain(
        MLContext ml, PretrainOptions options, IDataView images, ProgressTask bar, CancellationToken cancellation)
    {
        string folder = settings.Cache;
        Directory.CreateDirectory(folder);
        int threads = options.Training.Threads ?? torch.get_num_threads();
        string training = $"{options.Architecture}|{options.UntrainedTasks.Count}|{options.Training}|{threads}";
        string key = $"{training}|{settings.Data.Fingerprint} {settings.AuxiliaryImages}|{LibraryVersion.Current}";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12];
        string path = Path.Combine(folder, $"pretrained-seed{options.Training.Seed}-{hash}.safetensors");
        using FileStream turn = WaitForTurn(path + ".lock", cancellation);
        foreach (string left in Directory.GetFiles(folder, Path.GetFileName(path) + ".*.part"))
        {
            AnsiConsole.WriteLine($"Removed {left}, left over from an interrupted run.");
            File.Delete(left);
        }
        if (File.Exists(path))
        {
            try
            {
                return NetworkTransformer.Load(path);
            }
            catch (InvalidDataException damage)
            {
                AnsiConsole.WriteLine($"{damage.Message} The network is trained again.");
            }
        }
        var progress = new TrainingBar(bar, $"seed {options.Training.Seed}: pretraining");
        NetworkTransformer trained = ml.FeatureReuse.Pretrain(
            options with { Training = options.Training with { Progress = progress, CancellationToken = cancellation } }).Fit(images);
        return Owned.Complete(trained, () =>
        {
            trained.Save(path);
            return trained;
        });
    }

    /// <summary>Only one process trains a network; the system releases the lock of a process that is killed.</summary>
    private static FileStream WaitForTurn(string path, CancellationToken cancellation)
    {
        for (bool isTold = false; ; isTold = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!isTold)
                    AnsiConsole.WriteLine($"Waiting for another process that holds {path}.");
                if (cancellation.WaitHandle.WaitOne(PollInterval))
                    throw new OperationCanceledException(cancellation);
            }
        }
    }
}
