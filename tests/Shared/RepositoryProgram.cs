namespace FeatureReuse;

/// <summary>Runs a program of this repository as its users do.</summary>
/// <param name="name">The project's name.</param>
/// <param name="threads">The threads of libtorch; with more than one, programs that run side by side slow each other down.</param>
internal sealed class RepositoryProgram(string name, int threads = 1)
{
    /// <summary>The exit code of env when env itself fails.</summary>
    private const int EnvFailed = 125;

    /// <summary>The program's assembly, which is built beside the tests, in the same configuration.</summary>
    private readonly string _path = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, name + ".dll"));

    private (string, string) Threads => ("OMP_NUM_THREADS", $"{threads}");

    public ProgramResult Run(params string[] arguments)
    {
        using RunningProgram program = Start(arguments);
        return program.Finish();
    }

    /// <summary>Checks whether a file has a number of lines, without a lock that would keep a program from writing it.</summary>
    public static bool HasLines(string path, int count)
    {
        if (!File.Exists(path))
            return false;
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd().Count(character => character == '\n') >= count;
    }

    /// <summary>Runs until a condition on the output so far holds, then sends the signal of Ctrl+C.</summary>
    public ProgramResult Interrupt(Func<string, bool> condition, params string[] arguments)
    {
        // Jobs that a shell without job control starts in the background ignore that signal, and so do their children.
        using RunningProgram program = new("env", ["--default-signal=INT", "dotnet", _path, .. arguments], Threads);
        bool isRunning = program.WaitUntil(condition);
        if (isRunning)
            RunningProgram.Run("kill", "-INT", $"{program.Id}");
        ProgramResult result = program.Finish(TimeSpan.FromMinutes(1));
        if (result.ExitCode == EnvFailed)
        {
            throw new InvalidOperationException(
                $"env could not start the program; coreutils 8.31 or later is needed to make it receive Ctrl+C. {result.Errors.Trim()}");
        }
        return isRunning ? result : throw new InvalidOperationException($"The program ended before Ctrl+C. {result.Output}{result.Errors}");
    }

    /// <summary>Runs until a condition holds, then kills the process as a system does that runs out of memory.</summary>
    /// <returns>True if it was killed; false if it had ended before.</returns>
    public bool KillWhen(Func<bool> condition, params string[] arguments)
    {
        using RunningProgram program = Start(arguments);
        if (program.WaitUntil(_ => condition()))
            return program.Kill().ExitCode != 0;
        program.Finish().RequireSuccess();
        return false;
    }

    /// <summary>Starts the program; disposing kills it.</summary>
    public RunningProgram Start(params string[] arguments) => new("dotnet", [_path, .. arguments], Threads);
}
