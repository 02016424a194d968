using System.Diagnostics;

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

    public Result Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        return Finish(process);
    }

    /// <summary>Checks whether a file has a number of lines, without a lock that would keep a program from writing it.</summary>
    public static bool HasLines(string path, int count)
    {
        if (!File.Exists(path))
            return false;
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd().Count(character => character == '\n') >= count;
    }

    /// <summary>Runs until the condition holds, then sends the signal of Ctrl+C.</summary>
    public Result Interrupt(Func<bool> condition, params string[] arguments)
    {
        // Jobs that a shell without job control starts in the background ignore that signal, and so do their children.
        using Process process = Start("env", ["--default-signal=INT", "dotnet", _path, .. arguments]);
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && !condition() && watch.Elapsed < TimeSpan.FromMinutes(2))
            Thread.Sleep(20);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();
        using var limit = new Timer(_ => process.Kill(), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        Result result = Finish(process);
        return result.ExitCode != EnvFailed ? result
            : throw new InvalidOperationException(
                $"env could not start the program; coreutils 8.31 or later is needed to make it receive Ctrl+C. {result.Errors.Trim()}");
    }

    /// <summary>Runs for a while, then kills the process as a system does that runs out of memory.</summary>
    /// <returns>True if it was killed; false if it had ended before.</returns>
    public bool KillAfter(TimeSpan time, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(time);
        process.Kill();
        process.WaitForExit();
        return !ended || process.ExitCode == 0 ? !ended : throw new InvalidOperationException($"{output.Result}{errors.Result}");
    }

    /// <summary>Starts a program that runs until it is disposed.</summary>
    public IDisposable StartServer(params string[] arguments)
    {
        Process process = Start(arguments);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Running(process);
    }

    private sealed class Running(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private Process Start(string[] arguments) => Start("dotnet", [_path, .. arguments]);

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = $"{threads}";
        return Process.Start(start)!;
    }

    private static Result Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.Result);
    }

    public sealed record Result(int ExitCode, string Output, string Errors);
}
