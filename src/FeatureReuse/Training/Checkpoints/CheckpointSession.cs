using System.Text;

namespace FeatureReuse;

/// <summary>A checkpoint folder, locked while a run uses it. The names of its files begin with "checkpoint-".</summary>
internal sealed class CheckpointSession : IDisposable
{
    private const string Prefix = "checkpoint-";
    private const string LockName = "lock";
    private const string SeedName = "seed.txt";

    private readonly string _folder;
    private readonly FileStream _lock;

    private CheckpointSession(string folder, FileStream @lock) => (_folder, _lock) = (folder, @lock);

    /// <summary>Locks the folder, which is created if it does not exist; returns null if there is none.</summary>
    /// <exception cref="IOException">The folder cannot be created, or another run uses it; the message names it.</exception>
    public static CheckpointSession? Open(string? folder)
    {
        if (folder is null)
            return null;
        string full = Path.GetFullPath(folder);
        Directory.CreateDirectory(full);
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(full, Prefix + LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (Directory.Exists(full))
        {
            throw new IOException($"{nameof(TrainingOptions.Checkpoint)}.{nameof(CheckpointOptions.Folder)} {full} is in use by another "
                + $"run, or cannot be written ({failure.Message}). Give each run its own folder.", failure);
        }
        // A process that was killed while it wrote leaves such a file.
        foreach (string part in Directory.GetFiles(full, $"{Prefix}*.part"))
            File.Delete(part);
        return new CheckpointSession(full, file);
    }

    /// <summary>Returns the seed of the interrupted run, or a new one, which is saved.</summary>
    public int Seed()
    {
        string path = PathOf(SeedName);
        if (File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out int kept))
            return kept;
        int seed = Random.Shared.Next();
        WholeFile.Write(path, stream => stream.Write(Encoding.ASCII.GetBytes(seed.ToString(CultureInfo.InvariantCulture))));
        return seed;
    }

    /// <summary>Returns the path of one training within the run.</summary>
    public string PathOf(string kind, string task)
        => PathOf($"{kind.Replace(' ', '-')}-{string.Concat(task.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}.safetensors");

    /// <summary>Returns a result that the interrupted run saved, or computes it and saves it.</summary>
    public T Kept<T>(string name, Func<T> compute) where T : class
    {
        string path = PathOf($"{name}.json");
        if (File.Exists(path) && JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), ModelJson.Format) is { } kept)
            return kept;
        T result = compute();
        WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, result, ModelJson.Format));
        return result;
    }

    /// <summary>Deletes the files of the run.</summary>
    public void Clear()
    {
        foreach (string file in Directory.GetFiles(_folder, Prefix + "*").Where(file => file != PathOf(LockName)))
            File.Delete(file);
    }

    public void Dispose()
    {
        bool ended = Directory.GetFiles(_folder, Prefix + "*").Length == 1;
        _lock.Dispose();
        if (ended)
        {
            File.Delete(PathOf(LockName));
            if (!Directory.EnumerateFileSystemEntries(_folder).Any())
                Directory.Delete(_folder);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, Prefix + name);
}
