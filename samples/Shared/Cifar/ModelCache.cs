using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;

namespace FeatureReuse.Samples.Cifar;

/// <summary>Trained networks on disk, one file for each way of training, shared by all runs that ask for the same.</summary>
internal sealed class ModelCache(string folder)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>The network from its file, or from <paramref name="train"/>, which then is kept. While another process makes it, waits for that.</summary>
    /// <param name="name">The beginning of the file's name.</param>
    /// <param name="key">All that the weights depend on.</param>
    /// <param name="train">Makes the network.</param>
    /// <param name="say">Hears what happens.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public NetworkTransformer Get(string name, string key, Func<NetworkTransformer> train, Action<string> say, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}|{LibraryVersion.Current}")))[..12];
        string path = Path.Combine(folder, $"{name}-{hash}.safetensors");
        using FileStream turn = WaitForTurn(path + ".lock", say, cancellation);
        foreach (string left in Directory.GetFiles(folder, Path.GetFileName(path) + ".*.part"))
        {
            say($"{left} is left from a run that was killed; removed.");
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
                say($"{damage.Message} It is made anew.");
            }
        }
        NetworkTransformer trained = train();
        try
        {
            trained.Save(path);
            return trained;
        }
        catch
        {
            trained.Dispose();
            throw;
        }
    }

    /// <summary>Only one process makes a network; the system frees the lock of one that was killed.</summary>
    private static FileStream WaitForTurn(string path, Action<string> say, CancellationToken cancellation)
    {
        for (bool told = false; ; told = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!told)
                    say($"Waiting for another process that holds {path}.");
                if (cancellation.WaitHandle.WaitOne(PollInterval))
                    throw new OperationCanceledException(cancellation);
            }
        }
    }

    /// <summary>A text that differs where the training differs.</summary>
    public static string Describe(TrainingOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"{options.Optimizer} {options.LearningRate} {options.Schedule} {options.Momentum} {options.Regularization.WeightDecay} {options.BatchSize} {options.LossThreshold} {options.MaximumEpochs} {options.Seed} {options.Device} {options.Threads ?? torch.get_num_threads()}");
}
